/**
 * What becomes of a request that is sent again with its key: the rule for every action there is, and the check that an
 * action keeps it. One request key gives one outcome: an answer that was lost is given again, nothing is written a
 * second time, and a key stays with what it was made for.
 */
import { randomUUID } from 'node:crypto';
import { collection } from '../../cloudfunctions/platform/database';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import { type UseCase } from '../../miniprogram/shared/roles/role-table';

/** What becomes of a request that comes again. */
export type Repeat =
  | 'reads'
  | 'once'
  /** Once too; a test of its own, because it takes more than a payload. */
  | 'once, tested in tests/station-mode'
  | 'once, tested in tests/submission'
  /** A slice of a long work: asking again is asking to go on. */
  | 'goes on'
  /** Holds something for a while, or makes a file that goes again: asking again is as good as asking once. */
  | 'lends';

export const REPEATS: Readonly<Record<UseCase, Repeat>> = {
  'student.overview': 'reads',
  'student.consent': 'once',
  'student.withdrawConsent': 'once',
  'student.prepareUpload': 'once',
  'student.resolveCode': 'once',
  'student.bind': 'once',
  'student.submission': 'reads',
  'student.confirm': 'once',
  'student.withdraw': 'once',
  'student.restart': 'once',
  'student.allowReminder': 'once',
  'student.downloadLink': 'reads',
  'student.storedData': 'reads',
  'student.deleteSubmission': 'once',
  'photo.submit': 'once, tested in tests/submission',
  'photo.warm': 'reads',
  'operator.me': 'reads',
  'operator.acceptInvitation': 'once',
  'operator.leave': 'once',
  'operator.createInvitation': 'once',
  'operator.invitations': 'reads',
  'operator.revokeInvitation': 'once',
  'operator.members': 'reads',
  'operator.removeMember': 'once',
  'operator.audit': 'reads',
  'operator.studentAudit': 'reads',
  'operator.saveSchool': 'once',
  'operator.stations': 'reads',
  'operator.saveStation': 'once',
  'operator.batches': 'reads',
  'operator.batch': 'reads',
  'operator.createBatch': 'once',
  'operator.updateBatch': 'once',
  'operator.changeDeadline': 'once',
  'operator.prepareRosterUpload': 'once',
  'operator.checkRoster': 'once',
  'operator.rosterPlan': 'reads',
  'operator.rosterFindings': 'reads',
  'operator.rosterDifferences': 'reads',
  'operator.applyRoster': 'goes on',
  'operator.progress': 'reads',
  'operator.missing': 'reads',
  'operator.sendReminders': 'once',
  'operator.studentStanding': 'reads',
  'operator.reviewQueue': 'reads',
  'operator.takeReview': 'lends',
  'operator.releaseReview': 'once',
  'operator.decideReview': 'once',
  'operator.undoReview': 'once',
  'operator.returnPhoto': 'once',
  'operator.stuckSubmissions': 'reads',
  'operator.overrideChecks': 'once',
  'operator.releaseBinding': 'once',
  'operator.stationResolve': 'once, tested in tests/station-mode',
  'operator.stationSeat': 'once',
  'operator.stationSeats': 'reads',
  'operator.stationUpload': 'once',
  'operator.stationConfirm': 'once, tested in tests/station-mode',
  'operator.stationLeave': 'once',
  'exporter.check': 'reads',
  'exporter.start': 'once',
  'exporter.proceed': 'goes on',
  'exporter.job': 'reads',
  'exporter.jobs': 'reads',
  'exporter.links': 'reads',
  'exporter.cancel': 'once',
  'exporter.markDelivered': 'once',
  'exporter.spreadsheet': 'lends',
  'exporter.rosterTemplate': 'lends',
  'housekeeping.report': 'reads',
  'housekeeping.run': 'goes on',
};

/** The actions of these functions that write once, as far as they are tested by `expectOnce`. */
export function writingOnce<Name extends FunctionName>(...functions: readonly Name[]) {
  const isOurs = (useCase: UseCase): useCase is Extract<UseCase, `${Name}.${string}`> =>
    functions.some((name) => useCase.startsWith(`${name}.`)) && REPEATS[useCase] === 'once';
  return (Object.keys(REPEATS) as UseCase[]).filter(isOurs);
}

type FunctionName = UseCase extends `${infer Name}.${string}` ? Name : never;

/** Everything that is stored. What one person may do in a while is counted anew each time and is not looked at. */
async function everythingStored(): Promise<unknown> {
  const names = DATABASE_SCHEMA.map(({ name }) => name).filter((name) => name !== 'counters');
  const contents = names.map(async (name) => [name, await collection(name).find({}, { limit: 1000 })]);
  return Object.fromEntries((await Promise.all(contents)) as [string, unknown][]);
}

/** The moment at which it was answered is the only thing that may be another. */
const withoutMoment = (answer: FunctionAnswer<unknown>) =>
  JSON.parse(
    JSON.stringify(answer, (name, value: unknown) => (/^(now|requestId)$/.test(name) ? undefined : value)),
  ) as object;

export type Send = (payload: object, requestKey: string) => Promise<FunctionAnswer<unknown>>;

/** @param other another payload; null where the action takes none */
export async function expectOnce(send: Send, payload: object, other: object | null): Promise<void> {
  const key = randomUUID();
  const before = await everythingStored();
  const first = await send(payload, key);
  expect(first).toMatchObject({ ok: true });
  const after = await everythingStored();
  expect(after).not.toEqual(before);

  expect(withoutMoment(await send(payload, key))).toEqual(withoutMoment(first));
  expect(await everythingStored()).toEqual(after);

  if (other === null) return;
  expect(await send(other, key)).toMatchObject({ ok: false, code: 'REQUEST_REPLAYED' });
  expect(await everythingStored()).toEqual(after);
}
