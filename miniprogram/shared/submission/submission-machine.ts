/**
 * The life of one graduate's photo as one table: which event is possible in which state, and what follows.
 * Buttons, guards and counts all read it. Pure; refuses to know time, people or storage.
 */
import { PhotoId } from '../identity/ids';

export const SUBMISSION_STATES = [
  'bound', // the code is bound, no photo yet
  'shot', // photos were taken, none of them good enough so far
  'developed', // a finished picture is waiting for the student's yes
  'confirmed', // the student said yes; under review
  'rejected', // the reviewer asks for another photo, with a reason
  'accepted',
  'exported', // part of a package for the school or 学信网
  'delivered',
  'withdrawn', // the student took it back
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** States in which the review has said yes to the confirmed photo. */
export const ACCEPTED_STATES = ['accepted', 'exported', 'delivered'] as const satisfies SubmissionState[];
export type AcceptedState = (typeof ACCEPTED_STATES)[number];

export const SUBMISSION_EVENTS = [
  'photo-blocked',
  'photo-developed',
  'confirm',
  'withdraw',
  'restart',
  'accept',
  'reject',
  'undo-review',
  'export',
  'deliver',
  'recall', // its package was stopped before it was delivered, and no other one holds the photo
  'return', // somebody asks for another photo after all: the school or 学信网 sent it back, or a look at it did
  'undo-return', // the photo is again what it was, as if it had never been sent back
] as const;
export type SubmissionEventName = (typeof SUBMISSION_EVENTS)[number];

/** What happens to every photo of a package at once; who did it is written down for the package. */
export type PackageEventName = Extract<SubmissionEventName, 'export' | 'deliver' | 'recall'>;

export type SubmissionEvent =
  | { readonly name: 'photo-blocked' | 'photo-developed' | 'confirm'; readonly photoId: PhotoId }
  | { readonly name: Exclude<SubmissionEventName, 'photo-blocked' | 'photo-developed' | 'confirm'> };

/** What the machine reads and changes; the stored submission carries more. */
export interface SubmissionLife {
  readonly state: SubmissionState;
  /** The newest finished picture; neither a blocked retake nor taking it back takes it away. */
  readonly developedPhotoId: PhotoId | null;
  /** The one picture that the student said yes to. */
  readonly confirmedPhotoId: PhotoId | null;
  /** Where undoing the return leads; null unless the photo was sent back and the student has not gone on since. */
  readonly returnedFrom: AcceptedState | null;
  /** Photos that were judged, good or bad. */
  readonly attempts: number;
}

type Row = Partial<Record<SubmissionEventName, SubmissionState>>;

/** From each state, where each event leads. An event that is not listed is refused and changes nothing. */
export const SUBMISSION_TABLE: Readonly<Record<SubmissionState, Row>> = {
  bound: { 'photo-blocked': 'shot', 'photo-developed': 'developed', withdraw: 'withdrawn' },
  shot: { 'photo-blocked': 'shot', 'photo-developed': 'developed', withdraw: 'withdrawn' },
  // A blocked retake leaves the earlier finished picture standing: nothing is lost by trying again.
  developed: {
    'photo-blocked': 'developed',
    'photo-developed': 'developed',
    confirm: 'confirmed',
    withdraw: 'withdrawn',
  },
  confirmed: { accept: 'accepted', reject: 'rejected', withdraw: 'withdrawn' },
  rejected: {
    'photo-blocked': 'shot',
    'photo-developed': 'developed',
    // Whether a review or a return is undone, and where a return leads back to: see stateAfter.
    'undo-review': 'confirmed',
    'undo-return': 'accepted',
    withdraw: 'withdrawn',
  },
  accepted: { 'undo-review': 'confirmed', export: 'exported', return: 'rejected' },
  exported: { export: 'exported', deliver: 'delivered', recall: 'accepted', return: 'rejected' },
  delivered: { return: 'rejected' },
  // With a finished picture it leads to `developed` instead: see stateAfter.
  withdrawn: { restart: 'bound' },
};

/** They leave nothing of what they undo. */
export const UNDOING_EVENTS: readonly SubmissionEventName[] = ['undo-review', 'undo-return'];

/** States in which exactly one photo is confirmed; in all others none is. */
export const CONFIRMED_STATES: readonly SubmissionState[] = ['confirmed', ...ACCEPTED_STATES];

/** States in which the student has begun and still has something to do. */
export const UNFINISHED_STATES: readonly SubmissionState[] = ['bound', 'shot', 'developed', 'rejected'];

export type RefusalCode =
  'SUBMISSION_STATE' | 'ALREADY_CONFIRMED' | 'NOTHING_TO_CONFIRM' | 'PHOTO_SUPERSEDED';

export type Transition =
  { readonly ok: true; readonly life: SubmissionLife } | { readonly ok: false; readonly code: RefusalCode };

export function newSubmissionLife(): SubmissionLife {
  return { state: 'bound', developedPhotoId: null, confirmedPhotoId: null, returnedFrom: null, attempts: 0 };
}

/** Whether this event is possible now, for a button or a guard that knows no photo id. */
export function allows(state: SubmissionState, event: SubmissionEventName): boolean {
  return SUBMISSION_TABLE[state][event] !== undefined;
}

/** Applies one event. Never throws; a refusal leaves the life as it was. */
export function applyEvent(life: SubmissionLife, event: SubmissionEvent): Transition {
  const next = stateAfter(life, event);
  if (next === undefined) return { ok: false, code: refusalFor(life, event) };
  if (event.name === 'confirm' && event.photoId !== life.developedPhotoId) {
    return { ok: false, code: 'PHOTO_SUPERSEDED' };
  }
  // The picture that was turned down is kept as developed, so that undoing can restore it.
  if (UNDOING_EVENTS.includes(event.name) && life.developedPhotoId === null)
    return { ok: false, code: 'SUBMISSION_STATE' };
  return {
    ok: true,
    life: {
      state: next,
      ...photosAfter(life, event, next),
      returnedFrom: returnedFromAfter(life, event),
      attempts: attemptsAfter(life, event),
    },
  };
}

function stateAfter(life: SubmissionLife, { name }: SubmissionEvent): SubmissionState | undefined {
  const next = SUBMISSION_TABLE[life.state][name];
  // Who took a finished picture back begins again with it, also when no attempt for another one is left.
  if (next === 'bound') return life.developedPhotoId === null ? next : 'developed';
  // A photo that was sent back had passed the review: it goes back to where it was, never into the queue.
  if (name === 'undo-return') return life.returnedFrom ?? undefined;
  return name === 'undo-review' && life.returnedFrom !== null ? undefined : next;
}

function returnedFromAfter(life: SubmissionLife, event: SubmissionEvent): AcceptedState | null {
  return event.name === 'return' ? (ACCEPTED_STATES.find((state) => state === life.state) ?? null) : null;
}

function refusalFor(life: SubmissionLife, event: SubmissionEvent): RefusalCode {
  if (event.name !== 'confirm') return 'SUBMISSION_STATE';
  if (CONFIRMED_STATES.includes(life.state)) return 'ALREADY_CONFIRMED';
  return life.state === 'withdrawn' ? 'SUBMISSION_STATE' : 'NOTHING_TO_CONFIRM';
}

function photosAfter(
  life: SubmissionLife,
  event: SubmissionEvent,
  next: SubmissionState,
): Pick<SubmissionLife, 'developedPhotoId' | 'confirmedPhotoId'> {
  const developedPhotoId = developedAfter(life, event, next);
  return { developedPhotoId, confirmedPhotoId: CONFIRMED_STATES.includes(next) ? developedPhotoId : null };
}

function developedAfter(life: SubmissionLife, event: SubmissionEvent, next: SubmissionState): PhotoId | null {
  if (event.name === 'photo-developed') return event.photoId;
  // A rejected picture is kept for undoing alone; it never waits for a yes again.
  const isOver = next === 'shot' || (next === 'withdrawn' && life.state === 'rejected');
  return isOver ? null : life.developedPhotoId;
}

function attemptsAfter(life: SubmissionLife, event: SubmissionEvent): number {
  return event.name === 'photo-blocked' || event.name === 'photo-developed'
    ? life.attempts + 1
    : life.attempts;
}
