/** Where jobs wait: one for each submission, written at every step, so that a kill at any moment loses nothing. */
import { PlatformError } from '../../platform/problem';
import { readStored, removeStored, storedKeys, writeStored } from '../../platform/storage';
import { SubmissionId } from '../../shared/identity/ids';
import { UploadJob, isUploadJob } from './upload-job';

const PREFIX = 'upload.';
const keyOf = (id: SubmissionId): string => `${PREFIX}${id}`;

/** Every job on this phone, also those of students who sat before a teacher's. */
export function jobsOnShelf(): UploadJob[] {
  return storedKeys(PREFIX).flatMap((key) => readStored(key, isUploadJob) ?? []);
}

export interface UploadShelf {
  readonly find: (id: SubmissionId) => UploadJob | null;
  /** @throws PlatformError storage-full: a step that is not written down must not be taken for done */
  readonly put: (job: UploadJob) => void;
  readonly remove: (id: SubmissionId) => void;
}

export const uploadShelf: UploadShelf = {
  find: (id) => readStored(keyOf(id), isUploadJob),
  put: (job) => {
    if (!writeStored(keyOf(job.submissionId), job)) throw new PlatformError('storage-full');
  },
  remove: (id) => {
    removeStored(keyOf(id));
  },
};
