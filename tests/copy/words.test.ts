import { AUDITED_ACTIONS } from '../../cloudfunctions/audit/append-audit';
import { type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { type StudentRecord } from '../../cloudfunctions/submission/student-record';
import { UPDATE_WORDS } from '../../miniprogram/copy/app-words';
import { CHECK_WORDS } from '../../miniprogram/copy/check-words';
import { CONSENT_SECTIONS, CONSENT_TEXT_VERSION } from '../../miniprogram/copy/consent-words';
import { ERROR_WORDS, errorWords } from '../../miniprogram/copy/error-words';
import { failureWords, shortReference } from '../../miniprogram/copy/failure-words';
import { HELP_SECTIONS } from '../../miniprogram/copy/help-words';
import { HINT_WORDS } from '../../miniprogram/copy/hint-words';
import { AUDIT_WORDS } from '../../miniprogram/copy/operator-upkeep-words';
import { PRIVACY_WORDS } from '../../miniprogram/copy/privacy-words';
import { PROBLEM_WORDS } from '../../miniprogram/copy/problem-words';
import { REJECT_REASON_WORDS } from '../../miniprogram/copy/reject-reason-words';
import { NOT_ASSESSED_WORDS, REMEDY_WORDS } from '../../miniprogram/copy/remedy-words';
import { SPREADSHEET_LABELS } from '../../miniprogram/copy/spreadsheet-words';
import { STATE_WORDS } from '../../miniprogram/copy/state-words';
import { OFFICIAL_STANDARD } from '../../miniprogram/shared/photo-standard/official-standard';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { STAFF_ROLE_TABLE } from '../../miniprogram/shared/roles/role-table';
import { ERROR_CODES, type ErrorCode, type ErrorDetails } from '../../miniprogram/shared/errors';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { takePhoneToNewYork } from '../support/abroad';

/** Words that accuse the reader or only say that something went wrong. */
const BLAME = /你(没有|没能|不该|错|忘)|失败|非法|无效|错误|禁止|违规|不合格/;

type RosterFields = Exclude<keyof RosterLineDocument, '_id' | 'batchId' | 'version'>;

/** What is stored about a person beside the photos, and its name in the consent text. */
const STORED_FIELDS: Readonly<Record<keyof StudentRecord | RosterFields | 'openid', string>> = {
  openid: '微信给小程序的用户标识',
  schoolCode: '院校',
  studentNumber: '学号',
  maskedName: '打码的姓名',
  level: '层次',
  year: '年级',
  studyForm: '学习形式',
  duration: '学制',
  name: '保存全名',
  major: '专业',
  stationId: '函授站',
  className: '班级',
  graduationDate: '毕业日期',
};

const linesOf = (wanted: string): readonly string[] =>
  CONSENT_SECTIONS.find(({ heading }) => heading === wanted)!.lines;

const withDetails: ErrorDetails = {
  path: 'payload.idTail',
  retryAfterSeconds: 90,
  triesLeft: 3,
  limit: 5,
  opensAt: '2027-01-01T00:00:00.000Z',
  closedAt: '2027-02-28T16:00:00.000Z',
};
const refusals = (Object.keys(ERROR_WORDS) as ErrorCode[]).flatMap((code) => [
  { name: code, words: errorWords(code) },
  { name: `${code} with details`, words: errorWords(code, withDetails) },
]);
const problems = Object.entries(PROBLEM_WORDS).map(([name, words]) => ({ name, words }));
const rejections = Object.entries(REJECT_REASON_WORDS).map(([name, words]) => ({ name, words }));

describe('what a person is told when something stops', () => {
  it.each([...refusals, ...problems, ...rejections])(
    '$name: says what happened and what to do',
    ({ words }) => {
      expect(words.title.length).toBeGreaterThan(3);
      expect(words.title.length).toBeLessThanOrEqual(24);
      expect(words.next).toMatch(/请|不用|可以/);
      expect(words.next).toMatch(/。$/);
      expect(`${words.title}${words.next}`).not.toMatch(BLAME);
      expect(`${words.title}${words.next}`).not.toMatch(/undefined|null|NaN|\[object/);
    },
  );

  it('names the numbers that came with a refusal', () => {
    expect(errorWords('CODE_ID_TAIL_WRONG', withDetails).next).toContain('还可以试 3 次');
    expect(errorWords('CODE_LOCKED', withDetails).next).toContain('2 分钟');
    expect(errorWords('BATCH_CLOSED', withDetails).next).toContain('2027年2月28日 24:00');
    expect(errorWords('BATCH_NOT_OPEN', withDetails).next).toContain('2027年1月1日 8:00');
    expect(errorWords('ATTEMPTS_EXHAUSTED', withDetails).next).toContain('5 次');
  });

  it.each([
    ['BATCH_CLOSED', '截止时间是 2027年2月28日 24:00（北京时间）。'],
    ['BATCH_NOT_OPEN', '开始时间是 2027年1月1日 8:00（北京时间），到时再来就可以。'],
  ] as const)('says on a phone abroad whose time it is: %s', (code, words) => {
    expect(errorWords(code, withDetails).next).not.toContain('北京时间');
    takePhoneToNewYork();
    expect(errorWords(code, withDetails).next).toContain(words);
    jest.restoreAllMocks();
  });

  it('asks of what somebody else is at to try again: not every page can be refreshed', () => {
    const busy = (details: ErrorDetails) =>
      failureWords({ kind: 'refused', code: 'CONFLICT', details, requestId: '' });
    expect(busy({})).toMatchObject({ next: '请再试一次；还不行，请返回，重新打开这一页。', canRetry: true });
    expect(busy({ retryAfterSeconds: 90 })).toMatchObject({ next: '请等 2 分钟再试一次。', canRetry: true });
  });

  it('says nothing about the code where only its service is down', () => {
    expect(errorWords('CODE_SERVICE_UNAVAILABLE').next).not.toContain('采集码');
  });

  it.each(['rows', 'columns', 'bytes'])(
    'never suggests to cut a list into several files, of which only the last would hold (%s)',
    (unit) => {
      const { next } = errorWords('ROSTER_TOO_LARGE', { maximum: 50_000, unit });
      expect(next).not.toMatch(/拆成|几个文件/);
      expect(next).toMatch(unit === 'columns' ? /删掉多余的列/ : /一个批次只有一份名单，新的会整个代替旧的/);
    },
  );

  it('takes a code that only a newer cloud knows for a newer mini program’s', () => {
    const unknown = 'SOMETHING_NEW' as ErrorCode;
    const words = errorWords(unknown);
    expect(words).toMatchObject({
      title: UPDATE_WORDS.title,
      next: expect.stringContaining('重新进入小程序') as string,
    });
    expect(errorWords(unknown, { path: 'payload.version' }, 'person')).toEqual(words);
    expect(failureWords({ kind: 'refused', code: unknown, details: {}, requestId: '' })).toMatchObject(words);
  });

  it('names only the way on that fits what the refused picture shows', () => {
    const codes = ERROR_CODES.filter((code) => code.startsWith('IMAGE_'));
    expect(codes.length).toBeGreaterThan(5);
    for (const code of codes) {
      expect(errorWords(code, {}, 'code').next).not.toContain('重新拍');
      expect(errorWords(code, {}, 'person').next).not.toContain('采集码');
      expect(errorWords(code).next).toMatch(/采集码.*重新拍/);
    }
    expect(errorWords('CODE_EXPIRED', {}, 'person')).toEqual(errorWords('CODE_EXPIRED'));
  });

  it('gives a number to read out only for what the log knows', () => {
    const bug = { kind: 'refused', code: 'INTERNAL', details: {}, requestId: '3f9a-0c21-7777' } as const;
    expect(failureWords(bug).reference).toBe('编号 3F9A0C21');
    expect(failureWords({ ...bug, code: 'NOT_FOUND' }).reference).toBe('');
    expect(shortReference('')).toBe('');
  });

  it('offers another try exactly where it can help', () => {
    const refused = (code: ErrorCode) =>
      failureWords({ kind: 'refused', code, details: {}, requestId: '' }).canRetry;
    expect(refused('TEMPORARILY_UNAVAILABLE')).toBe(true);
    expect(refused('CODE_ALREADY_BOUND')).toBe(false);
    expect(failureWords({ kind: 'problem', problem: 'offline' }).canRetry).toBe(true);
    for (const failure of [{ kind: 'bug' }, { kind: 'problem', problem: 'unexpected' }] as const) {
      expect(failureWords(failure)).toMatchObject({
        canRetry: true,
        next: expect.stringContaining('再试一次') as string,
      });
    }
    expect(failureWords({ kind: 'problem', problem: 'camera-refused' })).toMatchObject({
      canRetry: false,
      needsSettings: true,
    });
  });
});

describe('what the phone’s own settings withhold', () => {
  it.each([
    ['camera-unavailable', '手机系统设置里允许微信使用相机'],
    ['album-refused', '手机系统设置里允许微信使用相册'],
  ] as const)('%s: the usual cause is named, after what is done sooner', (problem, cause) => {
    expect(PROBLEM_WORDS[problem].next).toMatch(new RegExp(`；.*还不行，请在${cause}。$`));
  });

  it('a refused privacy question says what to do, whatever it was about', () => {
    expect(PROBLEM_WORDS['privacy-refused'].next).toContain('过十秒再点一次');
    expect(PROBLEM_WORDS['privacy-refused'].next).not.toMatch(/相机|相册/);
    for (const protectedThing of ['相机', '图片或文件', '相册', '复制']) {
      expect(PRIVACY_WORDS.text).toContain(protectedThing);
    }
  });
});

describe('words of the photo', () => {
  it.each(Object.keys(CHECK_RULES) as (keyof typeof CHECK_RULES)[])('%s: each measure has a name', (id) => {
    for (const measure of Object.keys(CHECK_RULES[id].measures)) {
      expect({ measure, words: CHECK_WORDS[id].measures[measure] }).toEqual({
        measure,
        words: expect.stringMatching(/.{3,}/) as string,
      });
    }
  });

  it('each remedy is something to do', () => {
    for (const sentence of Object.values(REMEDY_WORDS)) expect(sentence).toMatch(/请.*。$/);
    for (const { remedy } of Object.values(CHECK_WORDS)) expect(remedy).toMatch(/。$/);
    for (const sentence of Object.values(NOT_ASSESSED_WORDS)) expect(sentence).toContain('没法检查');
  });

  it('promises nothing that is not so: every photo is one attempt, and a blocked one is never sent for review', () => {
    for (const { remedy } of Object.values(CHECK_WORDS)) expect(remedy).not.toContain('连拍');
    for (const words of Object.values(NOT_ASSESSED_WORDS)) expect(words).not.toContain('照片送审');
  });

  it('a hint can be read at arm’s length', () => {
    for (const hint of Object.values(HINT_WORDS)) expect(hint.length).toBeLessThanOrEqual(14);
  });
});

describe('words of the way', () => {
  it('the school’s spreadsheet speaks of the student, and not to the student', () => {
    for (const label of Object.values(SPREADSHEET_LABELS.states)) expect(label).not.toMatch(/你|请/);
    expect(SPREADSHEET_LABELS.headings.rejection).toContain('驳回');
  });

  it('every state says what happened, what comes next and where the button leads', () => {
    for (const words of Object.values(STATE_WORDS)) {
      expect(words.next).toMatch(/。$/);
      expect(words.button.length).toBeLessThanOrEqual(9);
      expect(`${words.label}${words.happened}${words.next}`).not.toMatch(/失败|错误/);
    }
  });

  it('the consent text is the one of the version in force and says what the law asks for', () => {
    expect(CONSENT_TEXT_VERSION).toBe(CONSENT_VERSION);
    const headings = CONSENT_SECTIONS.map(({ heading }) => heading);
    expect(headings).toEqual(['为什么要用', '会保存什么', '谁能看到', '保存多久', '你可以']);
  });

  it('the consent text and the help name everybody whom the role table shows photos to', () => {
    // Station mode shows a student's photos to the station's teachers.
    expect(STAFF_ROLE_TABLE['operator.stationConfirm'].station).toBe('own-station');
    const consent = linesOf('谁能看到').join('');
    const help = HELP_SECTIONS.flatMap(({ questions }) => questions).find(({ id }) => id === 'privacy')!;
    for (const person of ['你自己', '学校和函授站（教学点）负责的老师', '采集单位的审核人员', '学信网']) {
      expect(consent).toContain(person);
      expect(help.answer.join('')).toContain(person);
    }
  });

  it('the consent text names everything that is stored of a person, of the code and of the school’s list', () => {
    const what = linesOf('会保存什么').join('');
    for (const name of Object.values(STORED_FIELDS)) expect(what).toContain(name);
  });

  it('the consent text says how long photos are kept where nothing else was set, the other attempts too', () => {
    const [unfinished, confirmed] = linesOf('保存多久');
    expect(unfinished).toMatch(/没有确认.*撤回.*退回/);
    expect(unfinished).toContain(`一般 ${DEFAULT_RETENTION.unfinishedDays} 天`);
    expect(confirmed).toMatch(/原图和没有用的其他照片.*成品、名单和其他信息/);
    expect(confirmed).toContain(`一般 ${DEFAULT_RETENTION.originalsDays} 天`);
    expect(confirmed).toContain(`截止后 ${DEFAULT_RETENTION.everythingDays} 天`);
  });

  it('the consent text says that the records of consent and of deeds outlive the photos', () => {
    expect(linesOf('保存多久').at(-1)).toMatch(/同意和收回同意的记录.*操作记录，不随照片删除/);
  });

  it('the consent text says how long a package is kept, and that neither deletion nor withdrawal reaches into it', () => {
    const ofPackages = linesOf('保存多久').find((line) => line.includes('打包'));
    expect(ofPackages).toContain(`一般 ${DEFAULT_RETENTION.packagesDays} 天`);
    expect(ofPackages).toContain('不会因为你删除照片或收回同意而改变');
  });

  it('the help gives as the document’s only what the document says: size in pixels, not in bytes', () => {
    const help = HELP_SECTIONS.flatMap(({ questions }) => questions).find(({ id }) => id === 'standard')!;
    const { widthPx, fileBytes } = OFFICIAL_STANDARD;
    expect(help.answer.filter((line) => line.includes(widthPx.document)).join('')).not.toContain('KB');
    expect(help.answer.join('')).toContain('30–40 KB，以学校的要求为准');
    expect([fileBytes.value.min, fileBytes.value.max]).toEqual([30 * 1024, 40 * 1000]);
  });

  it('advice that knows no batch tells nobody what colour is behind the photo', () => {
    const clothes = HELP_SECTIONS.flatMap(({ questions }) => questions).find(({ id }) => id === 'clothes')!;
    expect(clothes.answer.join('')).toContain('和底色相近的颜色（底色是蓝的，不穿浅蓝）');
    expect(REJECT_REASON_WORDS.clothes.next).toContain('和底色相近的颜色');
    expect(REJECT_REASON_WORDS.clothes.next).not.toContain('蓝');
  });

  it('every question has an answer and an id of its own', () => {
    const questions = HELP_SECTIONS.flatMap((section) => section.questions);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    for (const { question, answer } of questions) {
      expect(question).toMatch(/？$/);
      expect(answer.join('')).toMatch(/。$/);
    }
  });
});

test('every deed that the audit knows has words, and none has that nobody writes down', () => {
  expect(Object.keys(AUDIT_WORDS).sort()).toEqual([...AUDITED_ACTIONS].sort());
});
