/** What `npm run capture` writes to result.json: everything that is known of this photo, and nothing of the person. */
import {
  isJudged,
  type JudgedPhoto,
  type PhotoDocument,
} from '../../../cloudfunctions/submission/photo-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { rulesFor } from '../../../miniprogram/shared/batch/check-settings';
import { type DomainError, isDomainError } from '../../../miniprogram/shared/errors';
import { type PhotoId } from '../../../miniprogram/shared/identity/ids';
import { type CheckRules } from '../../../miniprogram/shared/verdict/check-rules';
import { type Verdict } from '../../../miniprogram/shared/verdict/verdict';
import { type Walk } from './walk';

/** The file's content. Reads the stored record as administrator, as a reviewer would. */
export async function resultOf(walked: Walk, milliseconds: number): Promise<object> {
  if (walked.end === 'code-refused' || walked.end === 'photo-refused') {
    const { code, details } = walked.error;
    const states = walked.end === 'photo-refused' ? (walked.bound?.timeline ?? []) : [];
    return { end: walked.end, refusal: { code, details }, states, milliseconds: { total: milliseconds } };
  }
  const { answer, submission } = walked;
  const { record, checkSettings } = await judgedPhoto(answer.photo.id);
  return {
    end: walked.end,
    state: submission.state,
    states: submission.timeline,
    verdict: withSeverities(answer.photo.verdict, rulesFor(checkSettings)),
    geometry: answer.photo.geometry ?? null,
    original: record.original,
    operations: record.operations,
    sha256: { original: record.originalSha256, standard: record.resultSha256 },
    engine: { version: record.engineVersion, models: record.models },
    milliseconds: { ...record.stageMilliseconds, total: milliseconds },
    peakMemoryMegabytes: record.peakMemoryMegabytes,
  };
}

/** @throws Error for a photo that nobody judged: the functions gave a verdict of it */
async function judgedPhoto(id: PhotoId): Promise<JudgedPhoto> {
  const stored = await collection<PhotoDocument>('photos').get(id);
  if (stored === null || !isJudged(stored)) throw new Error(`the record of photo ${id} is missing`);
  return stored;
}

/** What each check could have done to this photo: a batch may have softened it, and its outcome does not tell. */
function withSeverities({ outcome, checks }: Verdict, rules: CheckRules): object {
  return { outcome, checks: checks.map((check) => ({ ...check, severity: rules[check.id].severity })) };
}

/** One line for the terminal. */
export function summaryOf(walked: Walk): string {
  switch (walked.end) {
    case 'code-refused':
      return `The code or the identity was refused: ${refusalText(walked.error)}`;
    case 'photo-refused':
      return `The photo was refused: ${refusalText(walked.error)}${wayOn(walked.error)}`;
    case 'photo-blocked':
      return `The photo must be retaken: ${idsWith(walked, 'blocked')}`;
    case 'developed':
      return `Developed${remarks(walked)}. Not confirmed (add --confirm).`;
    case 'confirmed':
      return `Developed${remarks(walked)} and confirmed.`;
  }
}

function wayOn({ code }: DomainError): string {
  return code === 'SUBMISSION_STATE'
    ? '. This student has a confirmed photo already: withdraw it on the phone, or use another code (--code, --identity).'
    : '';
}

type Judged = Extract<Walk, { end: 'photo-blocked' | 'developed' | 'confirmed' }>;

function idsWith({ answer }: Judged, outcome: 'blocked' | 'warned'): string {
  return answer.photo.verdict.checks
    .filter((check) => check.outcome === outcome)
    .map((check) => check.id)
    .join(', ');
}

function remarks(walked: Judged): string {
  const ids = idsWith(walked, 'warned');
  return ids === '' ? '' : `, with remarks (${ids})`;
}

function refusalText(error: unknown): string {
  return isDomainError(error) ? `${error.code} ${JSON.stringify(error.details)}` : String(error);
}
