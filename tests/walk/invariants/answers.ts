/** What holds of every answer, whoever asks for what, and of every run of a timer. */
import { type Outcome, type SentRequest, type TimerRun } from '../calls';
import { BROKEN, stage } from '../stage';
import { Complaint } from './complaint';
import { REPEATS } from '../../support/sent-again';
import { type AuditDocument, actorOf } from '../../../cloudfunctions/audit/append-audit';
import { collection } from '../../../cloudfunctions/platform/database';
import { DATABASE_SCHEMA } from '../../../cloudfunctions/platform/database-schema';
import { errorWords } from '../../../miniprogram/copy/error-words';
import { type FunctionAnswer } from '../../../miniprogram/shared/contract/answer';
import { type UseCase } from '../../../miniprogram/shared/roles/role-table';

type Answer = FunctionAnswer<unknown>;

/** What stays in the cloud, by the names of the stored fields. */
const PRIVATE = [
  ...['openid', '_id', 'personKey', 'bindingId', 'enrolmentKey', 'codeKey', 'intendedPaths', 'deletingAt'],
  ...['underway', 'token', 'volumeSet', 'neighbour', 'working', 'requestKey'],
];

/** What the audit has a line for. */
const DEEDS: readonly UseCase[] = [
  ...(['operator.createBatch', 'operator.updateBatch', 'operator.changeDeadline'] as const),
  ...(['operator.decideReview', 'operator.undoReview', 'operator.returnPhoto'] as const),
  ...(['operator.overrideChecks', 'operator.releaseBinding', 'operator.stationSeat'] as const),
  ...(['operator.createInvitation', 'operator.sendReminders'] as const),
  ...(['exporter.start', 'exporter.markDelivered'] as const),
];

const useCaseOf = ({ name, action }: SentRequest) => `${name}.${action}` as UseCase;

/** Only a fault of the platform, or of the engine, makes a call fail; every refusal has words that say what to do. */
export function requireGoodAnswer(request: SentRequest, answer: Answer, harmed: boolean): void {
  if (answer.ok) {
    requireNothingPrivate(request, answer);
    return;
  }
  const failure = stage.failures.find(({ requestId }) => requestId === answer.requestId);
  if (answer.code === 'INTERNAL' && !harmed && failure?.message !== BROKEN)
    throw new Complaint('only a fault makes a call fail', [useCaseOf(request), failure]);
  const words = errorWords(answer.code, answer.details);
  const said = [words.title, words.next];
  if (said.some((text) => text === '' || text.includes('undefined')))
    throw new Complaint('a refusal has words', [answer.code, answer.details, words]);
}

/** Nothing of what is stored about others, or of how it is stored, leaves the cloud. */
function requireNothingPrivate(request: SentRequest, { data }: Extract<Answer, { ok: true }>): void {
  const text = JSON.stringify(data);
  const shown = PRIVATE.filter((field) => text.includes(`"${field}":`));
  if (shown.length > 0) throw new Complaint('an answer shows nothing private', [useCaseOf(request), shown]);
}

/** Who did what is in the audit, once it is done. */
export async function requireDeedInAudit(request: SentRequest, answer: Answer): Promise<void> {
  if (!answer.ok || !DEEDS.includes(useCaseOf(request))) return;
  const line = { requestId: answer.requestId, actor: actorOf(request.openid) };
  if ((await collection<AuditDocument>('audit').count(line)) === 0)
    throw new Complaint('a deed is in the audit', useCaseOf(request));
}

/** One request key gives one outcome: sent again, it is answered as before and changes nothing. */
export async function requireSameAgain(
  request: SentRequest,
  sendAgain: () => Promise<Outcome<unknown>>,
): Promise<void> {
  if (!REPEATS[useCaseOf(request)].startsWith('once')) return;
  const before = await whatIsStored();
  const { answer } = await sendAgain();
  if (!answer?.ok) throw new Complaint('sent again, answered as before', [useCaseOf(request), answer]);
  const after = await whatIsStored();
  const changed = after.filter((contents, index) => contents !== before[index]);
  if (changed.length > 0)
    throw new Complaint('sent again, nothing changes', [
      useCaseOf(request),
      changed.map((c) => c.slice(0, 300)),
    ]);
}

/** What one person may do in a while is counted anew each time. */
async function whatIsStored(): Promise<readonly string[]> {
  const names = DATABASE_SCHEMA.map(({ name }) => name).filter((name) => name !== 'counters');
  const everything = { sort: [['_id', 'asc']], limit: 1000 } as const;
  return Promise.all(
    names.map(async (name) => `${name} ${JSON.stringify(await collection(name).find({}, everything))}`),
  );
}

/** Without a fault of the platform a night, or the timer of the packages, ends well and fails at nothing. */
export function requireGoodRun(timer: string, { harmed, failed, requestId }: TimerRun): void {
  const failures = stage.failures.filter((failure) => failure.requestId === requestId);
  if (!harmed && (failed || failures.length > 0))
    throw new Complaint('a timer leaves nothing undone', [timer, failures]);
}
