/** What holds of each student's submission and photos, at every moment. Submissions being deleted are nobody's. */
import { type Invariant } from './invariant';
import { type Stored } from '../stored';
import { isJudged } from '../../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { type PhotoId } from '../../../miniprogram/shared/identity/ids';
import { CONFIRMED_STATES } from '../../../miniprogram/shared/submission/submission-machine';

const living = ({ submissions }: Stored) => submissions.filter(({ deletingAt }) => deletingAt === null);

const photoOf = ({ photos }: Stored, id: PhotoId | null) => photos.find(({ _id }) => _id === id);

const said = ({ studentNumber, state }: SubmissionDocument) => `${studentNumber} ${state}`;

/** One 学籍 has one submission in the batch, and exactly one photo is confirmed in the confirmed states, none in others. */
const neverTwoAcceptedPhotos: Invariant = (stored) => [
  ...living(stored)
    .filter(({ state, confirmedPhotoId }) => CONFIRMED_STATES.includes(state) !== (confirmedPhotoId !== null))
    .map(said),
  ...living(stored)
    .filter(({ _id, confirmedPhotoId: id }) => id !== null && photoOf(stored, id)?.submissionId !== _id)
    .map(said),
  ...stored.submissions
    .filter(({ studentNumber }, place) =>
      stored.submissions.slice(0, place).some((other) => other.studentNumber === studentNumber),
    )
    .map(said),
];

/** What a confirmed or waiting photo promises is in the storage: the finished picture and, until it is due, the original. */
const promisedPicturesExist: Invariant = (stored) =>
  living(stored)
    .filter((submission) => {
      const promised = [submission.confirmedPhotoId, submission.developedPhotoId].filter((id) => id !== null);
      return promised.some((id) => {
        const photo = photoOf(stored, id);
        if (photo?.status !== 'developed' || !stored.files.has(photo.standardFileId)) return true;
        return submission.originalsDeletedAt === null && !stored.files.has(photo.originalFileId);
      });
    })
    .map(said);

/** The newest verdict that the student reads belongs to a photo that is there. */
const newestVerdictIsThere: Invariant = (stored) =>
  living(stored)
    .filter(({ latestPhotoId: id }) => id !== null && photoOf(stored, id) === undefined)
    .map(said);

/** The history ends in the state, goes forward in time, and begins when the code was bound. */
const timelineAgreesWithState: Invariant = (stored) =>
  living(stored)
    .filter(({ timeline, state }) => {
      const forward = timeline.every(({ at }, place) => place === 0 || timeline[place - 1]!.at <= at);
      return !forward || timeline.at(-1)?.state !== state || timeline[0]?.state !== 'bound';
    })
    .map((submission) => [said(submission), submission.timeline]);

/** Every judged photo is counted once as an attempt, and no step takes one back while the code stays bound. */
const nobodysAttemptIsLost: Invariant = (stored, before) =>
  living(stored)
    .filter(({ _id, attempts, createdAt }) => {
      const judged = stored.photos.filter((photo) => photo.submissionId === _id && isJudged(photo)).length;
      const earlier = before.submissions.find((one) => one._id === _id && one.createdAt === createdAt);
      return attempts < judged || attempts < (earlier?.attempts ?? 0);
    })
    .map((submission) => [said(submission), submission.attempts]);

/** Where attempts are limited, nobody has more of them than that. */
const attemptsStayWithinLimit: Invariant = (stored) => {
  const limit = stored.batch?.attemptLimit ?? Infinity;
  return living(stored)
    .filter(({ attempts }) => attempts > limit)
    .map(said);
};

/** A binding and its submissions name each other, and both are one account's. */
const bindingAndSubmissionAgree: Invariant = (stored) => [
  ...living(stored)
    .filter(({ _id, bindingId, openid }) => {
      const binding = stored.bindings.find((one) => one._id === bindingId);
      return binding?.openid !== openid || !binding.submissionIds.includes(_id);
    })
    .map(said),
  ...stored.bindings
    .filter(({ submissionIds }) =>
      submissionIds.some((id) => !stored.submissions.some(({ _id }) => _id === id)),
    )
    .map(({ _id }) => _id),
];

/** A photo, and a review, have the submission that says whose they are. */
const nothingOutlivesItsSubmission: Invariant = ({ photos, reviews, submissions }) => {
  const known = submissions.map(({ _id }) => _id);
  return [
    ...photos.filter(({ submissionId }) => !known.includes(submissionId)).map(({ _id }) => `photo ${_id}`),
    ...reviews.filter(({ _id }) => !known.includes(_id)).map(({ _id }) => `review ${_id}`),
  ];
};

/** The reason why a photo was turned down stands there while, and only while, another one is asked for. */
const reasonStandsWithRejection: Invariant = (stored) =>
  living(stored)
    .filter(({ state, rejection }) =>
      state === 'rejected' ? rejection === null : CONFIRMED_STATES.includes(state) && rejection !== null,
    )
    .map(said);

export const SUBMISSION_INVARIANTS = {
  neverTwoAcceptedPhotos,
  promisedPicturesExist,
  newestVerdictIsThere,
  timelineAgreesWithState,
  nobodysAttemptIsLost,
  attemptsStayWithinLimit,
  bindingAndSubmissionAgree,
  nothingOutlivesItsSubmission,
  reasonStandsWithRejection,
};
