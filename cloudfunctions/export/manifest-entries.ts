/** Gathers what the manifest says about the photos of one volume, with a handful of queries however many they are. */
import { byIds } from './by-ids';
import { type ManifestEntry } from './manifest';
import { type PhotoToPack } from './pack-volume';
import { type StandingPhoto } from './still-standing';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type StationDocument } from '../operator-access/station-document';
import { type ReviewDocument } from '../review/review-document';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';

export interface PhotoFacts extends PhotoToPack {
  readonly entry: Omit<ManifestEntry, 'bytes' | 'volume'>;
}

/** In the same order. */
export async function gatherPhotoFacts(standing: readonly StandingPhoto[]): Promise<readonly PhotoFacts[]> {
  const submissions = standing.map(({ submission }) => submission);
  const [reviews, bindings, stations] = await Promise.all([
    byIds<ReviewDocument>(
      'reviews',
      submissions.map(({ _id }) => _id),
    ),
    byIds<BindingDocument>(
      'bindings',
      submissions.map(({ bindingId }) => bindingId),
    ),
    byIds<StationDocument>(
      'stations',
      submissions.flatMap(({ stationId }) => (stationId === null ? [] : [stationId])),
    ),
  ]);
  return standing.map(({ item, submission, photo }) => {
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
        station: stations.get(submission.stationId ?? '')?.name ?? null,
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
