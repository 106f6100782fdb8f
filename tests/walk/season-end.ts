/**
 * How every season has to be able to end, whatever happened in it: everybody is delivered by what the pages offer, and
 * what is due is deleted in the nights after it.
 */
import { bind, shownPhoto } from './actions/student-actions';
import { revisionOf } from './actions/school-actions';
import { packagesOf } from './actions/package-actions';
import { Complaint } from './invariants/complaint';
import { ACTIONS, type ActionName } from './steps';
import { inSeconds, passSeconds } from './stage';
import { all, filesThere } from './stored';
import { DAY, SMOOTHLY, STUDENTS, type World } from './world';
import { storedBatchDocument } from '../support/roster-builder';
import { type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { isHeldOwner } from '../../cloudfunctions/station-mode/held-owner';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { CONFIRMED_STATES } from '../../miniprogram/shared/submission/submission-machine';

const MINUTE = 60;
const HOUR = 3600;

const act = (world: World, action: ActionName, student = 0) =>
  ACTIONS[action].run(world, { student, choice: 2, going: SMOOTHLY });

/** From here on everything goes smoothly. */
export async function endSeason(world: World): Promise<void> {
  world.note('--- the season ends');
  await finishWhatWasBegun(world);
  await reopen(world);
  for (const student of STUDENTS) await reachConfirmation(world, student);
  await reviewAndDeliver(world);
}

/** Packages, imports and deletions that somebody died in are finished by timers and by asking again. */
async function finishWhatWasBegun(world: World): Promise<void> {
  passSeconds(20 * MINUTE);
  await world.timer('proceed');
  for (const { _id: planId, state, digest } of await all<RosterPlanDocument>('roster_plans'))
    if (state === 'applying') await world.ask(world.school, 'operator', 'applyRoster', { planId, digest });
  const isDeleting = async () =>
    (await all<SubmissionDocument>('submissions')).some(({ deletingAt }) => deletingAt !== null);
  if (await isDeleting()) {
    passSeconds(HOUR);
    await world.timer('nightly');
  }
  if (await isDeleting()) throw new Complaint('a deletion ends in the night', []);
}

async function reopen(world: World): Promise<void> {
  const { school, batchId } = world;
  const revision = await revisionOf(world);
  const request = { batchId, revision, closesAt: inSeconds(10 * DAY), reason: '补拍' };
  await world.ask(school, 'operator', 'changeDeadline', request);
}

const STEPS_AT_MOST = 10;

/** Whoever has an attempt left gets to a confirmed photo on the own phone. */
async function reachConfirmation(world: World, student: number): Promise<void> {
  await act(world, 'consents', student);
  for (let step = 0; step < STEPS_AT_MOST; step += 1) {
    passSeconds(61);
    const submission = await world.submission(student);
    if (submission !== null && (await isSettled(world, submission, student))) return;
    await goOn(world, submission, student);
  }
  throw new Complaint('everybody gets to a confirmed photo', [student, await world.submission(student)]);
}

async function isSettled(world: World, submission: SubmissionDocument, student: number): Promise<boolean> {
  if (submission.openid !== world.accounts[student]) return false;
  return CONFIRMED_STATES.includes(submission.state) || (await isExhausted(world, submission));
}

async function isExhausted(world: World, { attempts, state }: SubmissionDocument): Promise<boolean> {
  const { attemptLimit } = await storedBatchDocument(world.batchId);
  return attemptLimit !== null && attempts >= attemptLimit && !['developed', 'withdrawn'].includes(state);
}

async function goOn(world: World, submission: SubmissionDocument | null, student: number): Promise<void> {
  const account = world.accounts[student]!;
  if (submission === null || (submission.openid !== account && isHeldOwner(submission.openid))) {
    await bind(world, account, { student, choice: 2, going: SMOOTHLY });
    // Somebody else's binding without anything in this batch.
    if ((await world.submission(student))?.openid !== account) await act(world, 'releasesBinding', student);
  } else if (submission.openid !== account) await freeFromOther(world, submission, student);
  else if (submission.state === 'withdrawn') await act(world, 'restarts', student);
  else if (submission.state === 'developed') {
    const photoId = await shownPhoto(world, student);
    await world.ask(account, 'student', 'confirm', { submissionId: submission._id, photoId });
  } else await act(world, 'shoots', student);
}

/** Another student's phone has bound this code: the school helps. */
async function freeFromOther(
  world: World,
  { openid, state, _id }: SubmissionDocument,
  student: number,
): Promise<void> {
  if (state === 'confirmed') await world.ask(openid, 'student', 'withdraw', { submissionId: _id });
  else if (CONFIRMED_STATES.includes(state)) await act(world, 'sendsBack', student);
  await act(world, 'releasesBinding', student);
}

/** The review ends, one package has everybody who is new, and when all are delivered so is everybody. */
async function reviewAndDeliver(world: World): Promise<void> {
  for (const student of STUDENTS) {
    passSeconds(5 * MINUTE + 1);
    await act(world, 'reviews', student);
  }
  passSeconds(2 * MINUTE);
  const selection = { batchId: world.batchId, photos: 'new' } as const;
  const request = { selection, template: { fileName: '{studentNumber}', folder: '' } };
  await world.ask(world.school, 'exporter', 'start', request);
  for (let slice = 0; slice < 2; slice += 1) {
    await world.timer('proceed');
    passSeconds(2 * MINUTE);
  }
  for (const { _id: exportId, finishedAt, state } of await packagesOf(world))
    if (finishedAt !== null && state !== 'cancelled')
      await world.ask(world.school, 'exporter', 'markDelivered', { exportId });
  for (const submission of await all<SubmissionDocument>('submissions'))
    if (submission.state !== 'delivered' && !(await isExhausted(world, submission)))
      throw new Complaint('everybody is delivered', [submission.studentNumber, submission.state]);
}

/**
 * A delivered photo is sent back, and its student takes everything back and deletes it: once its packages have expired
 * nothing but the school's list and the audit knows of it.
 */
async function leave(world: World, student: number): Promise<void> {
  const submission = await world.submission(student);
  if (submission === null) return;
  const { _id: submissionId, openid, state } = submission;
  if (CONFIRMED_STATES.includes(state)) await act(world, 'sendsBack', student);
  await world.ask(openid, 'student', 'withdraw', { submissionId });
  await world.ask(openid, 'student', 'deleteSubmission', { submissionId });
}

async function requireForgotten(world: World, student: number): Promise<void> {
  const traces = [world.numbers[student]!, world.enrolmentKey(student)];
  for (const { name } of DATABASE_SCHEMA) {
    if (['roster', 'roster_plans'].includes(name)) continue;
    const left = (await all(name)).filter((one) =>
      traces.some((trace) => JSON.stringify(one).includes(trace)),
    );
    if (left.length > 0) throw new Complaint('who deletes is forgotten', [name, left]);
  }
}

/** What stays when everything is over: the school as it is, and records that name nobody. */
const STAYS: readonly string[] = [
  ...['schools', 'stations', 'batches', 'members', 'consents', 'audit', 'code_locks'],
];
/** Of the counters, those of the deployment. */
const STAYING_COUNTERS = ['stored-people', 'operators', 'digest-key'];

async function passDays(world: World, days: number, look: () => Promise<void>): Promise<void> {
  passSeconds(days * DAY);
  await world.timer('nightly');
  await look();
}

/** Nights at later dates: in the end nothing of any student is left, document or file. */
export async function passNights(world: World, look: () => Promise<void>): Promise<void> {
  const [leaver] = STUDENTS;
  await leave(world, leaver);
  for (const days of [1, 9, 40]) await passDays(world, days, look);
  await requireForgotten(world, leaver);
  for (const days of [100, 360, 1, 1, 40]) await passDays(world, days, look);
  const files = await filesThere();
  if (files.size > 0) throw new Complaint('no file is left for ever', [...files]);
  for (const { name } of DATABASE_SCHEMA) {
    const documents = await all(name);
    const named = documents.filter((one) =>
      world.numbers.some((number) => JSON.stringify(one).includes(number)),
    );
    if (named.length > 0) throw new Complaint('nobody is named for ever', [name, named]);
    const left = documents.filter(({ _id }) => !STAYS.includes(name) && !STAYING_COUNTERS.includes(_id));
    if (left.length > 0) throw new Complaint('nothing is left for ever', [name, left]);
  }
}
