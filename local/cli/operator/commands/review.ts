/** Reviewing from the command line: take a photo, look at its files, accept, reject, undo; help stuck students. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBatch } from '../find-batch';
import { facts, table } from '../output';
import { type Given, type OperatorCommand } from '../operator-command';
import { itemText, studentWords } from '../review-item-text';
import { savePictures } from '../review-pictures';
import { sentBackTooLate } from '../sent-back-too-late';
import { reviewSession } from './review-session';
import { student } from './student';
import { unbind } from './unbind';
import { UsageError } from '../../support/command';
import { CLI_WORDS } from '../words';
import { CHECK_WORDS } from '../../../../miniprogram/copy/check-words';
import { STAFF_STATE_WORDS } from '../../../../miniprogram/copy/operator-state-words';
import { REJECT_REASON_WORDS } from '../../../../miniprogram/copy/reject-reason-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import { type ReviewItem } from '../../../../miniprogram/shared/contract/operator/review';
import { readAll } from '../../../../miniprogram/shared/contract/read-on';
import { REJECT_REASONS, type RejectReason } from '../../../../miniprogram/shared/contract/submission-view';
import { type PhotoId, type SubmissionId } from '../../../../miniprogram/shared/identity/ids';
import { CHECK_IDS } from '../../../../miniprogram/shared/verdict/check-ids';
import { checksWith } from '../../../../miniprogram/shared/verdict/verdict';

const REASON_OPTIONS: OperatorCommand['options'] = {
  reason: {
    type: 'string',
    multiple: true,
    help: `（原因）1 到 4 个，每个写一次：${REJECT_REASONS.map((reason) => `${reason} ${REJECT_REASON_WORDS[reason].title}`).join('，')}`,
  },
  remark: { type: 'string', help: '（一句话）给学生看的留言' },
};

function reasonsOf(given: Given): { readonly reasons: readonly RejectReason[]; readonly remark: string } {
  const reasons = given.list('reason').map((word) => {
    const found = REJECT_REASONS.find((reason) => reason === word);
    if (found === undefined) throw new UsageError(`没有“${word}”这个原因：${REJECT_REASONS.join('、')}。`);
    return found;
  });
  if (reasons.length === 0) throw new UsageError(CLI_WORDS.missingOption('reason'));
  return { reasons, remark: given.text('remark') ?? '' };
}

function nextStep(item: ReviewItem, missing: readonly string[]): string {
  const { submissionId, photo } = item;
  return [
    itemText(item),
    ...missing,
    '',
    `通过：npm run operator -- review accept ${submissionId} ${photo.id}`,
    `驳回：npm run operator -- review reject ${submissionId} ${photo.id} --reason light`,
  ].join('\n');
}

/** @returns what could not be saved, in words */
function saveIn(folder: string, item: ReviewItem): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const path = (name: string) => join(folder, `${item.submissionId}-${name}.jpg`);
  return savePictures({ original: path('original'), standard: path('standard') }, item);
}

const queue: OperatorCommand = {
  name: 'review',
  summary: '看还有多少照片等审核',
  arguments: ['批次'],
  options: {},
  async run({ session }, given) {
    const { id: batchId } = await findBatch(session.staff, given.argument(0, '批次'));
    const data = await session.staff.operator('reviewQueue', { batchId });
    const text = facts([
      ['等审核', data.waiting],
      ['别人正在审', data.lent],
      ['最早确认于', data.oldestConfirmedAt === null ? '-' : momentWords(data.oldestConfirmedAt)],
      ...data.undoable.map(
        ({ submissionId, until }) => ['可撤销', `${submissionId}（到 ${momentWords(until)}）`] as const,
      ),
    ]);
    return { text, json: data };
  },
};

const take: OperatorCommand = {
  name: 'review take',
  summary: '取最早的一张，或一位学生的那张来审（5 分钟内别人不会拿到）',
  arguments: ['批次'],
  options: {
    skip: { type: 'string', help: '（编号）把这张留给别人，取它后面的一张' },
    student: { type: 'string', help: '（学号）取这位学生的，不管排在第几' },
    out: { type: 'string', help: '（文件夹）把原图和成品存到这里' },
  },
  async run({ session }, given) {
    const { id: batchId } = await findBatch(session.staff, given.argument(0, '批次'));
    const [skip, studentNumber] = [given.text('skip') as SubmissionId | undefined, given.text('student')];
    if (skip !== undefined && studentNumber !== undefined) {
      throw new UsageError(CLI_WORDS.eitherOr('skip', 'student'));
    }
    const data = await session.staff.operator('takeReview', {
      batchId,
      ...(skip !== undefined && { skip }),
      ...(studentNumber !== undefined && { studentNumber }),
    });
    if (data.item === null) {
      const none = skip === undefined ? '没有等审核的照片。' : '后面没有了。不加 --skip，从最早的一张取起。';
      return { text: none, json: data };
    }
    const folder = given.text('out');
    const missing = folder === undefined ? [] : await saveIn(folder, data.item);
    return { text: nextStep(data.item, missing), json: data };
  },
};

function undoWords(submissionId: string): string {
  return `点错了，一分钟内可以撤销：npm run operator -- review undo ${submissionId}`;
}

const accept: OperatorCommand = {
  name: 'review accept',
  summary: '通过',
  arguments: ['编号', '照片'],
  options: {},
  async run({ session }, given) {
    const data = await session.staff.operator('decideReview', {
      submissionId: given.argument(0, '编号') as SubmissionId,
      photoId: given.argument(1, '照片') as PhotoId,
      decision: { kind: 'accept' },
    });
    return { text: `已通过。\n${undoWords(given.argument(0, '编号'))}`, json: data };
  },
};

const reject: OperatorCommand = {
  name: 'review reject',
  summary: '驳回，写明原因',
  arguments: ['编号', '照片'],
  options: REASON_OPTIONS,
  async run({ session }, given) {
    const { reasons, remark } = reasonsOf(given);
    const data = await session.staff.operator('decideReview', {
      submissionId: given.argument(0, '编号') as SubmissionId,
      photoId: given.argument(1, '照片') as PhotoId,
      decision: { kind: 'reject', reasons, remark },
    });
    const words = reasons.map((reason) => REJECT_REASON_WORDS[reason].title).join('；');
    const lines = [
      `已驳回：${words}。学生马上就能看到。`,
      ...sentBackTooLate(data.closesAt),
      undoWords(given.argument(0, '编号')),
    ];
    return { text: lines.join('\n'), json: data };
  },
};

const undo: OperatorCommand = {
  name: 'review undo',
  summary: '一分钟内撤销自己的决定',
  arguments: ['编号'],
  options: {},
  async run({ session }, given) {
    const submissionId = given.argument(0, '编号') as SubmissionId;
    const data = await session.staff.operator('undoReview', { submissionId });
    return { text: `已撤销，照片回到：${STAFF_STATE_WORDS[data.state]}。`, json: data };
  },
};

const giveBack: OperatorCommand = {
  name: 'review release',
  summary: '把取到的照片还回去',
  arguments: ['编号'],
  options: {},
  async run({ session }, given) {
    const submissionId = given.argument(0, '编号') as SubmissionId;
    const data = await session.staff.operator('releaseReview', { submissionId });
    return { text: data.released ? '已还回。' : '这张不在你手上，不用还。', json: data };
  },
};

const returnPhoto: OperatorCommand = {
  name: 'review return',
  summary: '已通过或已交出的照片退回重拍',
  arguments: ['批次', '学号'],
  options: REASON_OPTIONS,
  async run({ session }, given) {
    const batch = await findBatch(session.staff, given.argument(0, '批次'));
    const studentNumber = given.argument(1, '学号');
    const request = { batchId: batch.id, studentNumber, ...reasonsOf(given) };
    const data = await session.staff.operator('returnPhoto', request);
    // What is offered beside the deed is no part of it: without an answer there is nothing to offer.
    const queue = await session.staff.operator('reviewQueue', { batchId: batch.id }).catch(() => null);
    const undoable = (queue?.undoable.slice(0, 1) ?? []).filter(({ decision }) => decision === 'returned');
    const lines = [
      `${studentNumber}：${STAFF_STATE_WORDS[data.state]}。`,
      ...sentBackTooLate(batch.closesAt),
      ...undoable.map(({ submissionId }) => undoWords(submissionId)),
    ];
    return { text: lines.join('\n'), json: data };
  },
};

const stuck: OperatorCommand = {
  name: 'stuck',
  summary: '看反复被拦下的学生',
  arguments: ['批次'],
  options: {},
  async run({ session }, given) {
    const { id: batchId } = await findBatch(session.staff, given.argument(0, '批次'));
    const submissions = await readAll(async (page) => {
      const answer = await session.staff.operator('stuckSubmissions', { batchId, ...page });
      return { items: answer.submissions, next: answer.next };
    });
    const rows = submissions.map(({ submissionId, student, attempts, photo }) => [
      submissionId,
      studentWords(student),
      attempts,
      checksWith(photo.verdict, 'blocked')
        .map((id) => `${CHECK_WORDS[id].name}（${id}）`)
        .join('、'),
    ]);
    const text =
      rows.length === 0 ? '没有反复被拦下的学生。' : table(['编号', '学生', '次数', '被哪些检查拦下'], rows);
    return { text, json: { submissions } };
  },
};

const override: OperatorCommand = {
  name: 'override',
  summary: '让一位学生的某项检查只提醒、不拦下',
  arguments: ['编号'],
  options: {
    check: { type: 'string', multiple: true, help: '（检查项）可以写多次' },
    reason: { type: 'string', help: '（原因）为什么放宽' },
  },
  async run({ session }, given) {
    const checks = given.list('check').map((word) => {
      const found = CHECK_IDS.find((id) => id === word);
      if (found === undefined) throw new UsageError(`没有“${word}”这项检查：${CHECK_IDS.join('、')}。`);
      return found;
    });
    const data = await session.staff.operator('overrideChecks', {
      submissionId: given.argument(0, '编号') as SubmissionId,
      checks,
      reason: given.needed('reason'),
    });
    const words = data.overrides.map(({ check }) => CHECK_WORDS[check].name).join('、');
    return { text: `从下一张照片起只提醒：${words}。${CLI_WORDS.softened}`, json: data };
  },
};

export const REVIEW_COMMANDS: readonly OperatorCommand[] = [
  queue,
  reviewSession,
  take,
  accept,
  reject,
  undo,
  giveBack,
  returnPhoto,
  unbind,
  student,
  stuck,
  override,
];
