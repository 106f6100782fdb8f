/**
 * One event for many submissions at once, as packages need it: compare-and-set per submission and photo, so that one
 * which moved on meanwhile stays as it is, also one that came back to the same state with another photo. The state
 * machine says where the event leads. A photo that is recalled was not handed on: the timeline then says again what it
 * said before, with that time, which the retention of originals counts from. The audit has one entry, for the package.
 * Refuses events that change photos: those go through change-submission.ts one by one.
 */
import { type SubmissionDocument } from './submission-document';
import { collection, command } from '../platform/database';
import { type TimelineEntry } from '../../miniprogram/shared/contract/submission-view';
import { type Instant, type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import {
  applyEvent,
  type PackageEventName,
  type SubmissionLife,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';

export interface ManyChange {
  readonly from: SubmissionState;
  readonly event: PackageEventName;
  readonly now: Instant;
}

/** What happens to a submission because of one photo of it. */
export interface ChangedPhoto {
  readonly submissionId: SubmissionId;
  readonly photoId: PhotoId;
}

/** @returns how many changed */
export async function changeMany(
  photos: readonly ChangedPhoto[],
  { from, event, now }: ManyChange,
): Promise<number> {
  if (photos.length === 0) return 0;
  const state = stateAfter(from, event);
  return collection<SubmissionDocument>('submissions').updateWhere(
    {
      _id: command().in(photos.map(({ submissionId }) => submissionId)),
      // A photo belongs to one submission for ever, so the two lists need not be compared pair by pair.
      confirmedPhotoId: command().in(photos.map(({ photoId }) => photoId)),
      state: from,
      deletingAt: null,
    },
    { state, timeline: timelineAfter(event, { state, at: now }), updatedAt: now },
  );
}

/** The newest entry is always of the state in which a submission is. */
function timelineAfter(event: ManyChange['event'], entry: TimelineEntry): unknown {
  return event === 'recall' ? command().pop() : command().push([entry]);
}

function stateAfter(state: SubmissionState, name: ManyChange['event']): SubmissionState {
  const photo = 'any photo' as PhotoId;
  const life: SubmissionLife = { state, developedPhotoId: photo, confirmedPhotoId: photo, attempts: 1 };
  const transition = applyEvent(life, { name });
  if (!transition.ok || transition.life.confirmedPhotoId !== photo) {
    throw new TypeError(`${name} is not for many submissions in the state ${state}`);
  }
  return transition.life.state;
}
