/**
 * What a person ticked for a submission, kept for the retake. It goes with the photo and nowhere else.
 */
import { readStored, removeStored, writeStored } from '../platform/storage';
import { SubmissionId } from '../shared/identity/ids';
import { PERSON_TICKS, PersonTick } from '../shared/verdict/check-ids';

const keyOf = (id: SubmissionId): string => `ticks.${id}`;

const areTicks = (value: unknown): value is PersonTick[] =>
  Array.isArray(value) && value.every((tick) => (PERSON_TICKS as readonly unknown[]).includes(tick));

/** Null when the person has not been asked yet on this phone. */
export function rememberedTicks(id: SubmissionId): readonly PersonTick[] | null {
  return readStored(keyOf(id), areTicks);
}

export function rememberTicks(id: SubmissionId, ticks: readonly PersonTick[]): void {
  writeStored(keyOf(id), [...ticks]);
}

export function forgetTicks(id: SubmissionId): void {
  removeStored(keyOf(id));
}
