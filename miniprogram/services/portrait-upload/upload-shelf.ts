/** Where jobs wait: one for each submission, written at every step, so that a kill at any moment loses nothing. */
import { readStored, removeStored, writeStored } from '../../platform/storage';
import { SubmissionId } from '../../shared/identity/ids';
import { UploadJob, isUploadJob } from './upload-job';

const keyOf = (id: SubmissionId): string => `upload.${id}`;

export interface UploadShelf {
  readonly find: (id: SubmissionId) => UploadJob | null;
  readonly put: (job: UploadJob) => void;
  readonly remove: (id: SubmissionId) => void;
}

export const uploadShelf: UploadShelf = {
  find: (id) => readStored(keyOf(id), isUploadJob),
  put: (job) => {
    writeStored(keyOf(job.submissionId), job);
  },
  remove: (id) => {
    removeStored(keyOf(id));
  },
};
