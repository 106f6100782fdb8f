/** Gathers what the manifest says about the photos of one volume, with a handful of queries however many they are. */
import { type ExportItem } from './export-document';
import { type ManifestEntry } from './manifest';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { type StationDocument } from '../operator-access/station-document';
import { collection, command, type Filter, type Identified } from '../platform/database';
import { type CollectionName } from '../platform/database-schema';
import { type ReviewDocument } from '../review/review-document';
import { type PhotoDocument } from '../submission/photo-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { type FileId } from '../../miniprogram/shared/identity/ids';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';

export interface PhotoFacts {
  readonly fileId: FileId;
  /** Of the finished picture, as recorded when it was developed. */
  readonly sha256: string;
  readonly entry: Omit<ManifestEntry, 'bytes' | 'volume'>;
}

/** In the order of the items. */
export async function gatherPhotoFacts(items: readonly ExportItem[]): Promise<readonly PhotoFacts[]> {
  const [submissions, photos, reviews] = await Promise.all([
    byIds<SubmissionDocument>(
      'submissions',
      items.map(({ submissionId }) => submissionId),
    ),
    byIds<PhotoDocument>(
      'photos',
      items.map(({ photoId }) => photoId),
    ),
    byIds<ReviewDocument>(
      'reviews',
      items.map(({ submissionId }) => submissionId),
    ),
  ]);
  const known = [...submissions.values()];
  const [bindings, stations] = await Promise.all([
    byIds<BindingDocument>(
      'bindings',
      known.map(({ bindingId }) => bindingId),
    ),
    byIds<StationDocument>(
      'stations',
      known.flatMap(({ stationId }) => (stationId === null ? [] : [stationId])),
    ),
  ]);
  return items.map((item) => {
    const submission = submissions.get(item.submissionId);
    const photo = photos.get(item.photoId);
    if (submission === undefined || photo?.status !== 'developed') {
      throw new Error('a photo that a package was going to hold is gone');
    }
    const sha256 = photo.record.resultSha256;
    if (sha256 === null) throw new Error('a finished photo without a recorded hash');
    const review = reviews.get(submission._id);
    return {
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

async function byIds<T extends Identified>(
  name: CollectionName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, T>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const filter: Filter<Identified> = { _id: command().in(wanted) };
  const found = await collection<T>(name).find(filter, { limit: wanted.length });
  return new Map(found.map((document) => [document._id, document]));
}
