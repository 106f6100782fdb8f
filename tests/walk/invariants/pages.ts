/** What people read on their pages agrees with what is stored. Asked for, so not after every step. */
import { Complaint } from './complaint';
import { type Stored } from '../stored';
import { STUDENTS, type World } from '../world';
import { submissionCardView } from '../../../miniprogram/components/submission-card/submission-card-view';
import { nextStep } from '../../../miniprogram/services/next-step';
import { CONFIRMED_STATES } from '../../../miniprogram/shared/submission/submission-machine';

export async function requirePagesAgree(world: World, stored: Stored): Promise<void> {
  await requireProgressAgrees(world, stored);
  for (const student of STUDENTS) await requireFirstPageLeadsOn(world, student);
}

/** The progress page counts who is stored, its groups add up, and the list of the missing has as many as it says. */
async function requireProgressAgrees(
  world: World,
  { batch, plans, submissions, list }: Stored,
): Promise<void> {
  const isMoving =
    plans.some(({ state }) => state === 'applying') ||
    submissions.some(({ deletingAt }) => deletingAt !== null);
  if (isMoving || batch === null) return;
  const about = { batchId: world.batchId };
  const progress = await world.read(world.school, 'operator', 'progress', about);
  const missing = await world.read(world.school, 'operator', 'missing', about);
  const lines = batch.roster ? list.filter(({ version }) => version === batch.roster?.version) : null;
  const counted = submissions.filter(({ listed }) => lines === null || listed);
  const confirmed = counted.filter(({ state }) => CONFIRMED_STATES.includes(state)).length;
  const bound = counted.filter(({ state }) => state !== 'withdrawn').length;
  const expected = {
    listed: lines?.length ?? null,
    bound,
    confirmed,
    missing: (lines?.length ?? bound) - confirmed,
  };
  const { counts, groups } = progress;
  const read = {
    ...{
      listed: counts.listed,
      bound: counts.bound,
      confirmed: counts.confirmed,
      missing: counts.missing,
    },
  };
  const inGroups = groups.reduce((sum, group) => sum + group.counts.missing, 0);
  const named = missing.students.length;
  if (
    JSON.stringify(read) !== JSON.stringify(expected) ||
    inGroups !== expected.missing ||
    named !== expected.missing
  )
    throw new Complaint('the progress page agrees', { expected, read, inGroups, named });
}

/** Every card on the first page says where the photo stands and what to do, and its button leads to something. */
async function requireFirstPageLeadsOn(world: World, student: number): Promise<void> {
  const overview = await world.read(world.accounts[student]!, 'student', 'overview', {});
  for (const submission of overview.submissions) {
    const { state, latestPhoto, developedPhoto, rejection, batch } = submission;
    const card = submissionCardView(submission, overview.now, false);
    const step = nextStep(submission, overview.now, false);
    const missing = [
      (card.button === '' || card.state === '' || card.next === '') && 'words',
      step.kind === 'call' && batch.telephone === '' && 'a telephone number',
      step.kind === 'open' && step.route.page === 'review' && !latestPhoto && !developedPhoto && 'a photo',
      state === 'rejected' && rejection === null && 'the reason',
      state === 'developed' && developedPhoto === null && 'the finished picture',
    ].filter((what) => what !== false);
    if (missing.length > 0) throw new Complaint('the first page leads on', [state, missing]);
  }
}
