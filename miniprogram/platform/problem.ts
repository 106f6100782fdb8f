/**
 * The errors of the phone itself, and how WeChat's reports become them. The words are in `copy/problem-words.ts`.
 * A person who cancels has not met a problem: that is `Cancelled`, and the pages stay silent about it.
 */
import { Problem } from '../shared/failure';

/** Something on the phone did not work; `problem` says what in one word. */
export class PlatformError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, message: string = problem) {
    super(message);
    this.name = 'PlatformError';
    this.problem = problem;
  }
}

/** The person closed a dialog or a picker. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** The part of WeChat's fail results that is documented. */
export interface FailResult {
  readonly errMsg?: string;
  readonly errno?: number;
  readonly errCode?: number;
}

// errno 103 and 104: the privacy guideline was refused, now or within the last ten seconds.
const PRIVACY_ERRNOS: readonly number[] = [103, 104];

// What dialogs and pickers report: "fail cancel", "fail user cancelled", "fail:cancel". An upload or a request is never
// the person's to cancel: "abort" and "canceled" there say that the system or the network cut it off.
const CANCELLED = /:fail:?\s*(cancel|user cancel(l?ed)?)\b/i;

const PATTERNS: readonly (readonly [RegExp, Problem])[] = [
  // The cloud's own numbers stand before every word: its messages speak of things "not found" that are not the phone's.
  // -40xxxx SDK, -50xxxx resources, database, storage, functions, -60xxxx the environment; the first four: no answer in time.
  // https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions/error.html
  [/-(404005|404012|501002|504003)\b/, 'timed-out'],
  [/-[56]0\d{4}\b/, 'server-trouble'],
  // The SDK's numbers also wrap what happened on the way, and only the words behind them tell.
  [/-40\d{4}\b.*(network|ERR_|socket|interrupted|abort|not connected)/i, 'offline'],
  [/-40\d{4}\b/, 'server-trouble'],
  // errno 112, also the deployment's fault: nobody can agree to what the guideline does not declare.
  [/not declared in the privacy/i, 'unexpected'],
  [/privacy/i, 'privacy-refused'],
  [/camera.*(auth|den|permission)|(auth|den|permission).*camera/i, 'camera-refused'],
  [/saveImageToPhotosAlbum.*(auth|den|permission)|writePhotosAlbum/i, 'album-refused'],
  [/maximum size|no space|storage limit|exceed.*storage|disk full/i, 'storage-full'],
  [/no such file|ENOENT|file (is |does )?not (exist|found)/i, 'file-lost'],
  // The deployment's fault, not the network's: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
  [/domain list/i, 'unexpected'],
  [/time[ds]?[\s-]?out|time limit/i, 'timed-out'],
  [
    /network|request:fail|socket|ERR_|offline|interrupted|connect|abort|dns|downloadFile:fail|uploadFile:fail/i,
    'offline',
  ],
  [/not support|is not a function|not exist/i, 'unsupported'],
];

/** The error that stands for a fail result of `wx`; `otherwise` names the function's own most likely problem. */
export function errorOf(result: unknown, otherwise: Problem = 'unexpected'): PlatformError | Cancelled {
  const { errMsg = String(result), errno } = (
    typeof result === 'object' && result !== null ? result : {}
  ) as FailResult;
  if (CANCELLED.test(errMsg)) return new Cancelled();
  if (errno !== undefined && PRIVACY_ERRNOS.includes(errno))
    return new PlatformError('privacy-refused', errMsg);
  const known = PATTERNS.find(([pattern]) => pattern.test(errMsg));
  return new PlatformError(known ? known[1] : otherwise, errMsg);
}
