/**
 * What each action of `student` accepts, checked before anything looks at it. The types tie every schema to the
 * contract: one that lets through something else does not compile. Refuses unknown fields and oversized ones.
 */
import * as v from 'valibot';
import { ID_PATTERN } from '../../identity/unguessable-id';
import { CONSENT_VERSION, type StudentContract } from '../../../miniprogram/shared/contract/student';
import { MAXIMUM_CAPTURE_CODE_BASE64 } from '../../../miniprogram/shared/identity/capture-code-payload';
import {
  type FileId,
  type PhotoId,
  type ResolutionId,
  type SubmissionId,
  type UploadId,
} from '../../../miniprogram/shared/identity/ids';

/** An id that one of our functions made. */
function idOf<Id extends string>() {
  return v.pipe(
    v.string(),
    v.regex(ID_PATTERN),
    v.transform((id) => id as Id),
  );
}

export const submissionId = idOf<SubmissionId>();
export const photoId = idOf<PhotoId>();
export const uploadId = idOf<UploadId>();
/** `cloud://environment.bucket/path`: both parts are short in practice. */
export const fileId = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^cloud:\/\/[\w.-]+\/[\w./-]+$/),
  v.transform((id) => id as FileId),
);

const nothing = v.strictObject({});
const code = v.variant('kind', [
  v.strictObject({
    kind: v.literal('payload'),
    payloadBase64: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAXIMUM_CAPTURE_CODE_BASE64), v.base64()),
  }),
  v.strictObject({ kind: v.literal('picture'), uploadId, fileId }),
]);

/** One schema per action of the contract, each typed by it. */
export const STUDENT_SCHEMAS: {
  readonly [Action in keyof StudentContract]: v.GenericSchema<unknown, StudentContract[Action]['request']>;
} = {
  overview: nothing,
  consent: v.strictObject({
    version: v.pipe(v.string(), v.maxLength(4 * CONSENT_VERSION.length)),
    facePhoto: v.boolean(),
  }),
  withdrawConsent: nothing,
  prepareUpload: v.strictObject({
    purpose: v.picklist(['code-picture', 'portrait']),
    extension: v.picklist(['jpg', 'png', 'webp']),
  }),
  // The tail's form is judged where it is compared; here only its size, brackets and full-width forms included.
  resolveCode: v.strictObject({ code, idTail: v.pipe(v.string(), v.nonEmpty(), v.maxLength(32)) }),
  bind: v.strictObject({ resolutionId: idOf<ResolutionId>() }),
  submission: v.strictObject({ submissionId }),
  confirm: v.strictObject({ submissionId, photoId }),
  withdraw: v.strictObject({ submissionId }),
  restart: v.strictObject({ submissionId }),
  allowReminder: v.strictObject({ submissionId }),
  downloadLink: v.strictObject({ submissionId, photoId, which: v.picklist(['original', 'standard']) }),
  storedData: nothing,
  deleteSubmission: v.strictObject({ submissionId }),
};
