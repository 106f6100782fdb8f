/** What `npm run capture` writes to result.json: everything that is known of this photo, and nothing of the person. */
import { type PhotoDocument } from '../../../cloudfunctions/submission/photo-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { type DomainError, isDomainError } from '../../../miniprogram/shared/errors';
import { type Walk } from './walk';

/** The file's content. Reads the stored record as administrator, as a reviewer would. */
export async function resultOf(walked: Walk, milliseconds: number): Promise<object> {
  if (walked.end === 'code-refused' || walked.end === 'photo-refused') {
    const { code, details } = walked.error;
    const states = walked.end === 'photo-refused' ? walked.bound.timeline : [];
    return { end: walked.end, refusal: { code, details }, states, milliseconds: { total: milliseconds } };
  }
  const { answer, submission } = walked;
  const stored = await collection<PhotoDocument>('photos').get(answer.photo.id);
  const record = stored !== null && 'record' in stored ? stored.record : null;
  return {
    end: walked.end,
    state: submission.state,
    states: submission.timeline,
    verdict: answer.photo.verdict,
    geometry: answer.photo.geometry ?? null,
    original: record?.original ?? null,
    operations: record?.operations ?? [],
    sha256: { original: record?.originalSha256 ?? null, standard: record?.resultSha256 ?? null },
    engine: { version: record?.engineVersion ?? null, models: record?.models ?? {} },
    milliseconds: { ...record?.stageMilliseconds, total: milliseconds },
    peakMemoryMegabytes: record?.peakMemoryMegabytes ?? null,
  };
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
