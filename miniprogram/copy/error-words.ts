/**
 * One title and one next step for every refusal of the cloud. A code without words does not compile.
 * Refuses to blame: the reader is told what to do, not what was done wrong.
 */
import { ErrorCode, ErrorDetails } from '../shared/errors';
import { Instant } from '../shared/identity/ids';
import { UPDATE_WORDS } from './app-words';
import { listMissing, OPERATOR_ERROR_WORDS } from './operator-error-words';
import { staffWords } from './operator-refusal-words';
import { spaced } from './spacing';
import { deadlineWords, durationWords, momentWords, zonedWords } from './time-words';
import { Words } from './words';

type WordsFor = Words | ((details: ErrorDetails) => Words);

/** What brings a newer mini program onto the phone. */
const ENTER_ANEW = '点右上角的三个点，重新进入小程序';
const TAKE_UPDATE = `问要不要更新时，请选“${UPDATE_WORDS.yes}”。`;

const NEWER_CLOUD: Words = {
  title: UPDATE_WORDS.title,
  next: `请${ENTER_ANEW}；${TAKE_UPDATE}你已经做好的都保存着。`,
};

const RETAKE_CODE_PICTURE =
  '请在学信档案里打开采集码，长按图片选“保存图片”，再选保存的那张；也可以直接扫码。';
const RETAKE_PORTRAIT = '请返回重新拍一张。';

/** What was sent and refused: a picture of a code or of a person, or a list of students. The page knows. */
export type SentFile = 'code' | 'person' | 'list';

/** A refused picture is replaced by another; where the page does not say of what, both ways on are named. */
const OTHER_PICTURE = `如果是采集码：${RETAKE_CODE_PICTURE}如果是照片：${RETAKE_PORTRAIT}`;

const OTHER_PICTURE_OF = { code: RETAKE_CODE_PICTURE, person: RETAKE_PORTRAIT } as const;

export const ERROR_WORDS: Record<ErrorCode, WordsFor> = {
  INVALID_REQUEST: (details) => {
    if (String(details['path']).includes('idTail')) {
      return {
        title: '证件号后四位好像没输全',
        next: '请输入证件号最后四位，末位 X 也要输入，再试一次。',
      };
    }
    // The phone has another wording than the cloud: an older mini program, or one that was updated first.
    if (details['path'] === 'payload.version') {
      return { title: '说明刚刚更新过', next: `请过几分钟，${ENTER_ANEW}，再看一遍说明；${TAKE_UPDATE}` };
    }
    return {
      title: '这一步没有成功',
      next: '请返回首页再进来一次。还是这样的话，请更新微信后再试，或打电话问。',
    };
  },
  UNAUTHENTICATED: { title: '没有连上微信账号', next: '请关闭小程序，从微信里重新打开。' },
  FORBIDDEN: { title: '这里需要授权', next: '学生请返回首页继续；老师请用登记过的微信号打开。' },
  NOT_FOUND: {
    title: '没有找到这份记录',
    next: '它可能已经删除，或在另一个微信号里。请返回首页刷新看看。',
  },
  // Met on pages that nothing refreshes as well.
  CONFLICT: (details) => ({
    title: '另一台手机刚刚也在操作',
    next:
      details['retryAfterSeconds'] === undefined
        ? '请再试一次；还不行，请返回，重新打开这一页。'
        : `${waitWords(details)}再试一次。`,
  }),
  TOO_MANY_REQUESTS: (details) => ({
    title: '请稍等一下',
    next: `${waitWords(details)}再试，你已经做好的都保存着。`,
  }),
  TEMPORARILY_UNAVAILABLE: { title: '服务暂时繁忙', next: '你已经做好的都保存着，请过几分钟再试。' },
  INTERNAL: {
    title: '系统出了点问题，不是你的操作造成的',
    next: '请再试一次。还不行，请打电话，并报出下面的编号。',
  },

  CONSENT_REQUIRED: {
    title: '需要你先同意使用说明',
    next: '请返回首页，读一遍说明再决定。说明更新后会再问一次。',
  },
  FACE_CONSENT_REQUIRED: {
    title: '使用人脸照片需要你单独同意',
    next: '请到“使用说明与同意”里勾选这一项，再继续拍照。',
  },

  IMAGE_EMPTY: { title: '这张图片是空的', next: OTHER_PICTURE },
  IMAGE_FORMAT_UNSUPPORTED: { title: '这种图片格式读不了', next: OTHER_PICTURE },
  IMAGE_ANIMATED: { title: '动图读不了', next: OTHER_PICTURE },
  IMAGE_TOO_LARGE_BYTES: { title: '图片文件太大了', next: OTHER_PICTURE },
  IMAGE_TOO_LARGE_PIXELS: { title: '图片尺寸太大了', next: OTHER_PICTURE },
  IMAGE_TOO_SMALL: { title: '图片太小，看不清', next: OTHER_PICTURE },
  IMAGE_DAMAGED: { title: '图片没有传完整', next: OTHER_PICTURE },
  IMAGE_COLOUR_UNSUPPORTED: { title: '这种图片颜色读不准', next: OTHER_PICTURE },

  CODE_NOT_FOUND_IN_PICTURE: { title: '图片里没有读到采集码', next: RETAKE_CODE_PICTURE },
  CODE_NOT_RECOGNISED: {
    title: '读到了二维码，但不是图像采集码',
    next: '请打开学信档案 → 高等教育信息 → 学籍 → 查看图像采集码，用那里的二维码。',
  },
  CODE_SEVERAL_MATCH: {
    title: '图片里有不止一个采集码',
    next: '请只保留你这次要用的那一个：裁掉其他的，或直接扫码。',
  },
  CODE_TOO_LONG: {
    title: '这个二维码不是图像采集码',
    next: '请打开学信档案 → 高等教育信息 → 学籍 → 查看图像采集码，用那里的二维码。',
  },
  CODE_FORGED: {
    title: '这个采集码没有通过验证',
    next: '请重新登录学信档案，打开自己的图像采集码再试，不要用别人转发的图片。',
  },
  CODE_EXPIRED: { title: '这个采集码过期了', next: '请重新登录学信档案，打开最新的图像采集码再试。' },
  CODE_ID_TAIL_WRONG: (details) => ({
    title: '证件号后四位和采集码对不上',
    next: `请核对后重新输入${triesWords(details)}。末位是 X 也要输入；港澳证件不用输括号。也请看看是不是选了别人的码。`,
  }),
  CODE_LOCKED: (details) => ({
    title: '先休息一下再试',
    next: `为了保护你的学籍，${waitWords(details)}再输入。拿不准请打电话核对。`,
  }),
  CODE_SERVICE_UNAVAILABLE: {
    title: '识别采集码的服务暂时连不上',
    next: '不是你操作的问题，请过几分钟再试一次。',
  },
  CODE_SERVICE_REFUSED: {
    title: '采集码服务没有认出这个码',
    next: '请重新登录学信档案，打开最新的采集码再试；还不行请打电话。',
  },
  CODE_OTHER_BATCH: {
    title: '这份学籍不在现在开放的批次里',
    next: '如果你有两份学籍（比如专科和本科），请换另一份的采集码；不确定就打电话问。',
  },
  CODE_ALREADY_BOUND: {
    title: '这个采集码已经在另一个微信号里绑定',
    next: '请用当时绑定的微信打开。换了微信号，或不是你绑的，请打电话，老师核对后可以解除。',
  },
  NOT_ON_ROSTER: {
    title: '这个批次的名单里还没有你',
    next: '请打电话或联系函授站老师，请他们核对名单后再来。',
  },

  BATCH_NOT_OPEN: (details) => ({
    title: '采集还没有开始',
    next: withInstant(
      details['opensAt'],
      (at) => `开始时间是 ${zonedWords(momentWords(at))}，到时再来就可以。`,
      '请等学校通知后再来。',
    ),
  }),
  BATCH_CLOSED: (details) => ({
    title: '采集已经截止',
    next: `${withInstant(details['closedAt'], (at) => `截止时间是 ${zonedWords(deadlineWords(at))}。`, '')}请尽快打电话，问能不能补拍。`,
  }),
  COHORT_NOT_ELIGIBLE: {
    title: '这个批次不包括你的年级或层次',
    next: '如果你有两份学籍，请换另一份的采集码；不确定就打电话问。',
  },
  ATTEMPTS_EXHAUSTED: (details) => ({
    title: '这次的拍照次数用完了',
    next: `${typeof details['limit'] === 'number' ? `每人最多 ${details['limit']} 次。` : ''}之前做好的照片仍可以确认；需要再拍请打电话。`,
  }),

  SUBMISSION_STATE: { title: '现在不需要做这一步', next: '请返回首页刷新，看看当前进行到哪里。' },
  ALREADY_CONFIRMED: { title: '照片已经确认过了', next: '不用再确认，可以去看进度、保存照片。' },
  NOTHING_TO_CONFIRM: { title: '还没有可以确认的照片', next: '请先拍一张合格的照片。' },
  PHOTO_SUPERSEDED: { title: '后来又拍了新的照片', next: '请看一看最新的那张，再确认。' },
  UPLOAD_MISSING: { title: '图片没有传完', next: '请再传一次，图片还在手机里。' },
  REQUEST_REPLAYED: { title: '这一步已经处理过了', next: '请返回首页刷新，看看最新状态。' },

  RESULT_OUT_OF_STANDARD: {
    title: '这张照片裁不出标准的位置',
    next: '请让头部落在虚线框里、拍到胸口，再拍一张。',
  },

  ...OPERATOR_ERROR_WORDS,
};

/** The words for one refusal. */
export function errorWords(code: ErrorCode, details: ErrorDetails = {}, sent?: SentFile): Words {
  if (sent === 'list' && code === 'UPLOAD_MISSING') return listMissing(details);
  // A code that this mini program has never heard of comes from a newer cloud.
  const entry = (ERROR_WORDS as Partial<typeof ERROR_WORDS>)[code] ?? NEWER_CLOUD;
  const words = staffWords(code, details) ?? (typeof entry === 'function' ? entry(details) : entry);
  if (sent === undefined || sent === 'list' || words.next !== OTHER_PICTURE) return words;
  return { ...words, next: OTHER_PICTURE_OF[sent] };
}

function waitWords(details: ErrorDetails): string {
  const seconds = details['retryAfterSeconds'];
  return spaced('请等', durationWords(typeof seconds === 'number' ? seconds : 0));
}

function triesWords(details: ErrorDetails): string {
  const tries = details['triesLeft'];
  return typeof tries === 'number' ? `（还可以试 ${tries} 次）` : '';
}

function withInstant(value: unknown, words: (at: Instant) => string, otherwise: string): string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? words(value as Instant) : otherwise;
}
