/**
 * One event for many submissions at once, as packages need it: compare-and-set per submission and photo, so that one
 * which moved on meanwhile stays as it is, also one that came back to the same state with another photo. The state
 * machine says where the event leads. A photo that is recalled was not handed on: the timeline then says again what it
 * said before, with that time, which the retention of originals counts from. A photo that was sent back may still be
 * undone: its package moves where that leads, and nothing that its student sees. The audit has one entry, for the package.
 * Refuses events that change photos: those go through change-submission.ts one by one.
 */
import { type SubmissionDocument } from './submission-document';
import { collection, command } from '../platform/database';
import { type TimelineEntry } from '../../miniprogram/shared/contract/submission-view';
import { type Instant, type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import {
  type AcceptedState,
  ACCEPTED_STATES,
  applyEvent,
  type PackageEventName,
} from '../../miniprogram/shared/submission/submission-machine';

export interface ManyChange {
  readonly from: AcceptedState;
  readonly event: PackageEventName;
  readonly now: Instant;
}

/** What happens to a submission because of one photo of it. */
export interface ChangedPhoto {
  readonly submissionId: SubmissionId;
  readonly photoId: PhotoId;
}

/** Moves those of these photos that are there still, and where the others come back to. */
export async function changeMany(
  photos: readonly ChangedPhoto[],
  { from, event, now }: ManyChange,
): Promise<void> {
  if (photos.length === 0) return;
  const state = stateAfter(from, event);
  const submissions = collection<SubmissionDocument>('submissions');
  const _id = command().in(photos.map(({ submissionId }) => submissionId));
  // A photo belongs to one submission for ever, so the two lists need not be compared pair by pair.
  const photo = command().in(photos.map(({ photoId }) => photoId));
  const moveStanding = () =>
    submissions.updateWhere(
      { _id, confirmedPhotoId: photo, state: from, deletingAt: null },
      { state, timeline: timelineAfter(event, { state, at: now }), updatedAt: now },
    );
  if ((await moveStanding()) === photos.length) return;
  await submissions.updateWhere(
    { _id, developedPhotoId: photo, state: 'rejected', returnedFrom: from, deletingAt: null },
    { returnedFrom: state },
  );
  // Those whose return was undone between the two.
  await moveStanding();
}

/** The newest entry is always of the state in which a submission is. */
function timelineAfter(event: ManyChange['event'], entry: TimelineEntry): unknown {
  return event === 'recall' ? command().pop() : command().push([entry]);
}

function stateAfter(state: AcceptedState, name: ManyChange['event']): AcceptedState {
  const photo = 'any photo' as PhotoId;
  const photos = { developedPhotoId: photo, confirmedPhotoId: photo };
  const transition = applyEvent({ state, ...photos, returnedFrom: null, attempts: 1 }, { name });
  const next = transition.ok && ACCEPTED_STATES.find((accepted) => accepted === transition.life.state);
  if (!next) throw new TypeError(`${name} is not for many submissions in the state ${state}`);
  return next;
}
