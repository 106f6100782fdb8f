/**
 * Which of a school's batches a resolved student belongs to, or the one reason why none takes this student now.
 * Pure; refuses to know the caller and the database.
 */
import { type SubmissionDocument } from '../submission/submission-document';
import { type Batch, type Enrolment, isEligible, windowOf } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId, type Instant } from '../../miniprogram/shared/identity/ids';
import { attemptsLeft } from '../../miniprogram/shared/submission/attempts';
import {
  CONFIRMED_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';

/** A batch in which this 学籍 has a submission already, and how far that one is. */
export interface OwnPlace {
  readonly batch: Batch;
  readonly submission: Pick<
    SubmissionDocument,
    'state' | 'attempts' | 'rejection' | 'overrides' | 'developedPhotoId' | 'updatedAt'
  >;
}

/** From the least to the furthest; a photo that waits for its yes is further than one that must be taken again. */
const FURTHER_AND_FURTHER: readonly SubmissionState[] = [
  'withdrawn',
  'bound',
  'shot',
  'rejected',
  'developed',
  'confirmed',
  'accepted',
  'exported',
  'delivered',
];

/**
 * Who is in an open batch stays there, whatever is opened beside it, or one 学籍 would have two photos. So does who has
 * confirmed a photo, where another batch of the same graduation is opened for those who have none. An own batch keeps
 * nobody else from the next one when it is over, no longer includes the student, or can give no photo any more.
 * @param batches of the student's school, the earliest deadline first
 * @param own where this 学籍 has a submission, in any order
 * @returns the own open batch, of several the one whose submission is furthest, then the one that changed last; else the
 *   open batch that includes the student and wants a photo, of several the one that closes first; else where that photo is
 * @throws DomainError CODE_OTHER_BATCH (the school has no batch here), COHORT_NOT_ELIGIBLE (none for this level and
 *   year), BATCH_NOT_OPEN {opensAt}, BATCH_CLOSED {closedAt}; each but the first with the school's {telephone}
 */
export function chooseBatch(
  batches: readonly Batch[],
  own: readonly OwnPlace[],
  enrolment: Enrolment,
  now: Instant,
): Batch {
  if (batches.length === 0) throw new DomainError('CODE_OTHER_BATCH');
  const fitting = batches.filter((batch) => isEligible(batch.cohorts, enrolment));
  const open = fitting.filter((batch) => windowOf(batch, now) === 'open');
  const chosen = chooseOpen(open, own);
  if (chosen) return chosen;
  const next = earliest(fitting.filter((batch) => windowOf(batch, now) === 'not-open-yet'));
  if (next) throw notOpen(next);
  const last = fitting.at(-1);
  if (last) throw closed(last);
  throw new DomainError('COHORT_NOT_ELIGIBLE', telephoneOfSchool(batches));
}

function chooseOpen(open: readonly Batch[], own: readonly OwnPlace[]): Batch | undefined {
  const isOwn = (id: BatchId) => own.some(({ batch }) => batch.id === id);
  const ownOpen = own.filter((place) => open.some(({ id }) => id === place.batch.id)).sort(furthestFirst);
  const stay = ownOpen.find(canHavePhoto)?.batch;
  const others = open.filter(({ id }) => !isOwn(id)).map((batch) => photoFor(batch, own)?.batch ?? batch);
  return stay ?? others.find(({ id }) => !isOwn(id)) ?? others[0] ?? ownOpen[0]?.batch;
}

/** The own confirmed photo that this batch need not ask for again. A batch for listed students means who is listed. */
function photoFor(batch: Batch, own: readonly OwnPlace[]): OwnPlace | undefined {
  if (batch.rosterRequired) return undefined;
  return [...own]
    .sort(furthestFirst)
    .find(
      (place) =>
        CONFIRMED_STATES.includes(place.submission.state) &&
        place.batch.graduationDate === batch.graduationDate,
    );
}

/** Whose attempts are used up without a finished picture waits for another batch, such as one for 补拍. */
function canHavePhoto({ batch, submission }: OwnPlace): boolean {
  return submission.developedPhotoId !== null || attemptsLeft(batch.attemptLimit, submission) !== 0;
}

function furthestFirst({ submission: one }: OwnPlace, { submission: other }: OwnPlace): number {
  const far = (state: SubmissionState) => FURTHER_AND_FURTHER.indexOf(state);
  return far(other.state) - far(one.state) || other.updatedAt.localeCompare(one.updatedAt);
}

function earliest(batches: readonly Batch[]): Batch | undefined {
  return [...batches].sort((one, other) => one.opensAt.localeCompare(other.opensAt))[0];
}

type WindowAndTelephone = Pick<Batch, 'opensAt' | 'closesAt' | 'telephone'>;

/** @throws DomainError BATCH_NOT_OPEN {opensAt, telephone}, BATCH_CLOSED {closedAt, telephone} */
export function requireOpen(batch: WindowAndTelephone, now: Instant): void {
  const window = windowOf(batch, now);
  if (window === 'not-open-yet') throw notOpen(batch);
  if (window === 'closed') throw closed(batch);
}

const notOpen = ({ opensAt, telephone }: WindowAndTelephone): DomainError =>
  new DomainError('BATCH_NOT_OPEN', { opensAt, telephone });

const closed = ({ closesAt, telephone }: WindowAndTelephone): DomainError =>
  new DomainError('BATCH_CLOSED', { closedAt: closesAt, telephone });

/**
 * For a refusal that knows the school and no batch: the number of the batch that closes last.
 * @param batches of one school, the earliest deadline first
 */
export function telephoneOfSchool(batches: readonly Batch[]): { readonly telephone?: string } {
  const latest = batches.at(-1);
  return latest === undefined ? {} : { telephone: latest.telephone };
}
