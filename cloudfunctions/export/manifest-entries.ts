/** Gathers what the manifest says about the photos of one volume, with a handful of queries however many they are. */
import { type ManifestEntry } from './manifest';
import { type PhotoToPack } from './pack-volume';
import { type StandingPhoto } from './still-standing';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type StationDocument } from '../operator-access/station-document';
import { collection } from '../platform/database';
import { type ReviewDocument } from '../review/review-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { type StationId } from '../../miniprogram/shared/identity/ids';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';

export interface PhotoFacts extends PhotoToPack {
  readonly entry: Omit<ManifestEntry, 'bytes' | 'volume'>;
}

/** In the same order. */
export async function gatherPhotoFacts(standing: readonly StandingPhoto[]): Promise<readonly PhotoFacts[]> {
  const submissions = standing.map(({ submission }) => submission);
  const [reviews, bindings, stations] = await Promise.all([
    collection<ReviewDocument>('reviews').byIds(submissions.map(({ _id }) => _id)),
    collection<BindingDocument>('bindings').byIds(submissions.map(({ bindingId }) => bindingId)),
    collection<StationDocument>('stations').byIds(submissions.map(stationOf).filter((id) => id !== null)),
  ]);
  return standing.map(({ item, submission, photo }) => {
    const stationId = stationOf(submission);
    const sha256 = photo.record.resultSha256;
    if (sha256 === null) throw new Error('a finished photo without a recorded hash');
    const review = reviews.get(submission._id);
    return {
      item,
      fileId: photo.standardFileId,
      sha256,
      entry: {
        file: item.path,
        sha256,
        studentNumber: submission.studentNumber,
        codeDigest: bindings.get(submission.bindingId)?.codeKey ?? '',
        level: submission.level,
        year: submission.year,
        studyForm: submission.studyForm,
        station: stationId && (stations.get(stationId)?.name ?? null),
        class: submission.className,
        verdict: photo.verdict.outcome,
        warned: checksWith(photo.verdict, 'warned'),
        notAssessed: checksWith(photo.verdict, 'not-assessed'),
        ticks: photo.ticks,
        overridden: submission.overrides.map(({ check }) => check),
        reviewer: review?.reviewerLabel ?? null,
        confirmedAt:
          [...submission.timeline].reverse().find(({ state }) => state === 'confirmed')?.at ?? null,
        reviewedAt: review?.decidedAt ?? null,
        originalSha256: photo.record.originalSha256,
      },
    };
  });
}

function stationOf({ stationId }: SubmissionDocument): StationId | null {
  return stationId as StationId | null;
}
