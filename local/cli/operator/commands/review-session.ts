/**
 * Reviewing at the keyboard: one photo after the other, one letter each. The two pictures are written to a folder under
 * the same names every time, so that a picture viewer beside the terminal always shows the photo in question, or none.
 */
import { findBatch } from '../find-batch';
import { type CommandContext, type OperatorCommand } from '../operator-command';
import { refusalText } from '../refusals';
import { openReviewFolder } from '../review-folder';
import { itemText } from '../review-item-text';
import { type PicturePaths, removePictures, savePictures } from '../review-pictures';
import { sentBackTooLate } from '../sent-back-too-late';
import { type StaffClient } from '../staff-client';
import { type TypedLines } from '../typed-lines';
import { STAFF_REVIEW_WORDS } from '../../../../miniprogram/copy/operator-review-words';
import { REJECT_REASON_WORDS } from '../../../../miniprogram/copy/reject-reason-words';
import {
  type ReviewDecision,
  type ReviewItem,
} from '../../../../miniprogram/shared/contract/operator/review';
import { REJECT_REASONS } from '../../../../miniprogram/shared/contract/submission-view';
import { type BatchId, type SubmissionId } from '../../../../miniprogram/shared/identity/ids';

const KEYS =
  'a 通过；r 1 3 一句话 驳回（原因的编号，可以再写一句话）；s 先不审；u 撤销上一张；? 看原因；q 结束';
const REASON_LIST = REJECT_REASONS.map(
  (reason, index) => `  ${index + 1} ${REJECT_REASON_WORDS[reason].title}`,
).join('\n');

/** Sooner than this after a photo came nobody has looked at it: two quick presses of the same key are meant for one. */
const LOOK_MS = 500;
const TOO_SOON = '打得太快，这一行没有算：照片换了，还没来得及看。请看过再打。';
const NOTHING_SHOWN = '现在没有要审的照片。q 结束，s 再看看，u 撤销上一张。';

/** Photos as they stand at the end: what was undone is counted there, and no longer as it had been decided. */
interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly undone: number;
}

const COUNTED_AS = { accept: 'accepted', reject: 'rejected' } as const satisfies Record<
  ReviewDecision['kind'],
  'accepted' | 'rejected'
>;

export const reviewSession: OperatorCommand = {
  name: 'review session',
  summary: '用键盘逐张审核：每张一个字母',
  arguments: ['批次'],
  options: {
    out: {
      type: 'string',
      help: '（文件夹）原图和成品存到这里，每张都用同样的名字；不写就用临时的，结束时删除',
    },
  },
  example: 'review session 2027届 --out 审核',
  async run(context, given) {
    const { id } = await findBatch(context.session.staff, given.argument(0, '批次'));
    const folder = await openReviewFolder(given.text('out'));
    const lines = context.lines();
    try {
      const { pictures } = folder;
      context.say(`图片：${pictures.original}、${pictures.standard}\n${KEYS}\n`);
      const tally = await new ReviewSession(context, id, pictures).run(lines);
      const { accepted, rejected, skipped, undone } = tally;
      return {
        text: `通过 ${accepted} 张，驳回 ${rejected} 张，先不审 ${skipped} 张，撤销 ${undone} 次。`,
        json: tally,
      };
    } finally {
      lines.close();
      await folder.close();
    }
  },
};

class ReviewSession {
  private readonly decided = { accepted: 0, rejected: 0, undone: 0 };
  /** Left for later and not decided since. */
  private readonly skipped = new Set<SubmissionId>();
  private readonly staff: StaffClient;
  /** On the screen, to be decided on. */
  private item: ReviewItem | null = null;
  private shownAt = 0;
  /** The queue goes on behind the last one that was left for later. */
  private passedOver: SubmissionId | null = null;
  private last: { readonly submissionId: SubmissionId; readonly kind: ReviewDecision['kind'] } | null = null;

  constructor(
    private readonly context: CommandContext,
    private readonly batchId: BatchId,
    private readonly pictures: PicturePaths,
  ) {
    this.staff = context.session.staff;
  }

  async run(lines: TypedLines): Promise<Tally> {
    await this.next();
    for await (const { text, typedAt } of lines) {
      const [key = '', ...rest] = text.trim().split(/\s+/);
      if (key === 'q') break;
      if (typedAt !== null && typedAt < this.shownAt + LOOK_MS) {
        this.context.say(TOO_SOON);
        continue;
      }
      await this.obey(key, rest).catch((error: unknown) => {
        this.tell(error);
      });
    }
    if (this.item !== null) {
      await this.staff.operator('releaseReview', { submissionId: this.item.submissionId });
    }
    return { ...this.decided, skipped: this.skipped.size };
  }

  private async obey(key: string, rest: readonly string[]): Promise<void> {
    if (key === 'a') await this.decide({ kind: 'accept' });
    else if (key === 'r') await this.reject(rest);
    else if (key === 's') await this.skip();
    else if (key === 'u') await this.undo();
    else this.context.say(key === '?' ? REASON_LIST : KEYS);
  }

  private async reject(words: readonly string[]): Promise<void> {
    const isNumber = (word: string) => /^\d+$/.test(word);
    const firstWord = words.findIndex((word) => !isNumber(word));
    const numbers = firstWord === -1 ? words : words.slice(0, firstWord);
    const reasons = numbers.flatMap((number) => REJECT_REASONS[Number(number) - 1] ?? []);
    if (reasons.length === 0 || reasons.length !== numbers.length) {
      this.context.say(`请写原因的编号，如 r 3：\n${REASON_LIST}`);
      return;
    }
    const remark = firstWord === -1 ? '' : words.slice(firstWord).join(' ');
    await this.decide({ kind: 'reject', reasons, remark });
  }

  private async decide(decision: ReviewDecision): Promise<void> {
    if (this.item === null) {
      this.context.say(NOTHING_SHOWN);
      return;
    }
    const { submissionId, photo } = this.item;
    const decided = { submissionId, photoId: photo.id, decision };
    const { closesAt } = await this.staff.operator('decideReview', decided);
    this.decided[COUNTED_AS[decision.kind]] += 1;
    this.skipped.delete(submissionId);
    if (decision.kind === 'reject') for (const line of sentBackTooLate(closesAt)) this.context.say(line);
    this.last = { submissionId, kind: decision.kind };
    await this.next();
  }

  private async skip(): Promise<void> {
    this.passedOver = this.item?.submissionId ?? null;
    if (this.passedOver !== null) this.skipped.add(this.passedOver);
    await this.next();
  }

  /** The photo that was decided last is on the screen again; what is there now goes back to the others with that. */
  private async undo(): Promise<void> {
    if (this.last === null) return;
    const { submissionId, kind } = this.last;
    await this.staff.operator('undoReview', { submissionId });
    this.last = null;
    this.decided[COUNTED_AS[kind]] -= 1;
    this.decided.undone += 1;
    await this.next();
  }

  /** What fails here leaves nobody to decide on: a photo is decided on only when it was shown. */
  private async next(): Promise<void> {
    this.item = null;
    removePictures(this.pictures);
    const skip = this.passedOver;
    const request = { batchId: this.batchId, ...(skip !== null && { skip }) };
    const { item } = await this.staff.operator('takeReview', request);
    if (item === null) this.context.say(await this.endText());
    else await this.show(item);
  }

  private async show(item: ReviewItem): Promise<void> {
    const { submissionId } = item;
    const missing = await savePictures(this.pictures, item).catch(async (error: unknown) => {
      await this.staff.operator('releaseReview', { submissionId });
      throw error;
    });
    this.context.say([itemText(item), ...missing].join('\n'));
    this.item = item;
    this.shownAt = performance.now();
  }

  /** With nothing on the screen, `s` begins at the oldest again. */
  private async endText(): Promise<string> {
    const { waiting, lent } = await this.staff.operator('reviewQueue', { batchId: this.batchId });
    const before = this.passedOver === null ? 0 : waiting - lent;
    return before > 0
      ? `${STAFF_REVIEW_WORDS.endTitle}，前面还有 ${before} 张没审。q 结束，s 从头再看，u 撤销上一张。`
      : '没有等审核的照片。q 结束，s 再看看，u 撤销上一张。';
  }

  /** A refusal is told and the session goes on; a bug ends it. */
  private tell(error: unknown): void {
    const refusal = refusalText(error, this.staff.openid, '');
    if (refusal === null) throw error;
    this.context.say(this.item === null ? `${refusal.text}\n${NOTHING_SHOWN}` : refusal.text);
  }
}
