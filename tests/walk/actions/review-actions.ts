/** What reviewers do: the queue, a return of what had passed, and taking either back. */
import { type Actions, chosen, type Turn } from './turn';
import { Complaint } from '../invariants/complaint';
import { type World } from '../world';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { type SubmissionId } from '../../../miniprogram/shared/identity/ids';

const REJECTION = { reasons: ['light'], remark: '' } as const;

/** Two look at the same queue. */
const reviewerOf = (world: World, turn: Turn) =>
  chosen(turn, [world.reviewer, world.reviewer, world.reviewer, world.school]);

const stored = (id: SubmissionId) => collection<SubmissionDocument>('submissions').get(id);

/** Remembers the submission before and after, for the undoing. */
async function deciding(
  world: World,
  reviewer: string,
  submissionId: SubmissionId,
  decide: () => Promise<unknown>,
): Promise<void> {
  const before = await stored(submissionId);
  await decide();
  world.memory.decided.set(reviewer, { submissionId, before, after: await stored(submissionId) });
}

/** All of a submission but when it was last touched. */
function asItWas(submission: SubmissionDocument | null): string {
  return JSON.stringify({ ...submission, updatedAt: null, returnedFrom: submission?.returnedFrom ?? null });
}

/** An undo leaves the submission as it was before the decision, unless something has moved it since. */
function requireAsItWas(before: string, after: string): void {
  if (before !== after) throw new Complaint('an undo leaves the submission as it was', [before, after]);
}

export const REVIEW_ACTIONS = {
  reviews: {
    weight: 15,
    async run(world, turn) {
      const reviewer = reviewerOf(world, turn);
      const queue = { batchId: world.batchId };
      const taken = await world.ask(reviewer, 'operator', 'takeReview', queue);
      if (!taken?.item) return;
      const { submissionId, photo } = taken.item;
      const decision =
        turn.choice % 5 === 4 ? ({ kind: 'reject', ...REJECTION } as const) : ({ kind: 'accept' } as const);
      const request = { submissionId, photoId: photo.id, decision };
      await deciding(world, reviewer, submissionId, () =>
        world.ask(reviewer, 'operator', 'decideReview', request, turn.going),
      );
    },
  },
  skipsReview: {
    weight: 1,
    async run(world, turn) {
      const reviewer = reviewerOf(world, turn);
      const { batchId } = world;
      const taken = await world.ask(reviewer, 'operator', 'takeReview', { batchId });
      if (!taken?.item) return;
      const skip = taken.item.submissionId;
      await world.ask(reviewer, 'operator', 'takeReview', { batchId, skip }, turn.going);
      await world.ask(reviewer, 'operator', 'releaseReview', { submissionId: skip });
    },
  },
  undoes: {
    weight: 5,
    async run(world, turn) {
      const reviewer = reviewerOf(world, turn);
      const decided = world.memory.decided.get(reviewer);
      if (decided === undefined) return;
      const { submissionId, before, after } = decided;
      const isUntouched = asItWas(await stored(submissionId)) === asItWas(after);
      const undone = await world.ask(reviewer, 'operator', 'undoReview', { submissionId }, turn.going);
      // What overtakes the undoing may move it, too.
      if (undone === null || turn.going.fault?.kind === 'overtaken' || !isUntouched) return;
      requireAsItWas(asItWas(before), asItWas(await stored(submissionId)));
    },
  },
  sendsBack: {
    weight: 5,
    async run(world, { student, going }) {
      const { school, batchId } = world;
      const request = { batchId, studentNumber: world.numbers[student]!, ...REJECTION };
      await deciding(world, school, world.submissionId(student), () =>
        world.ask(school, 'operator', 'returnPhoto', request, going),
      );
    },
  },
  overridesChecks: {
    weight: 1,
    run: (world, { student, going }) =>
      world.ask(
        world.school,
        'operator',
        'overrideChecks',
        { submissionId: world.submissionId(student), checks: ['eyes-open'], reason: '眼疾' },
        going,
      ),
  },
} satisfies Actions;
