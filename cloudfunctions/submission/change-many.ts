/**
 * One event for many submissions at once, as packages need it: compare-and-set per submission, so that one which moved
 * on meanwhile stays as it is. The state machine says where the event leads. Refuses events that change photos: those
 * go through change-submission.ts one by one.
 */
import { type SubmissionDocument } from './submission-document';
import { collection, command } from '../platform/database';
import { type Instant, type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import {
  applyEvent,
  type SubmissionLife,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';

export interface ManyChange {
  readonly from: SubmissionState;
  readonly event: 'export' | 'deliver';
  readonly now: Instant;
}

/** @returns how many changed */
export async function changeMany(
  ids: readonly SubmissionId[],
  { from, event, now }: ManyChange,
): Promise<number> {
  if (ids.length === 0) return 0;
  const state = stateAfter(from, event);
  return collection<SubmissionDocument>('submissions').updateWhere(
    { _id: command().in([...ids]), state: from, deletingAt: null },
    { state, timeline: command().push([{ state, at: now }]), updatedAt: now },
  );
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
