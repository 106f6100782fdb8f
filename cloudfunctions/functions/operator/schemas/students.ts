/** What the actions about students accept: progress, review, bindings, station mode. */
import * as v from 'valibot';
import {
  batchId,
  cursor,
  idOf,
  line,
  nothing,
  sentence,
  type SchemasOf,
  stationChoice,
  studentNumber,
} from './common';
import { photoId, submissionId } from '../../student/schemas';
import { type BindingContract } from '../../../../miniprogram/shared/contract/operator/binding';
import { type ProgressContract } from '../../../../miniprogram/shared/contract/operator/progress';
import { type ReviewContract } from '../../../../miniprogram/shared/contract/operator/review';
import { type StandingContract } from '../../../../miniprogram/shared/contract/operator/standing';
import { type StationModeContract } from '../../../../miniprogram/shared/contract/operator/station-mode';
import { REJECT_REASONS } from '../../../../miniprogram/shared/contract/submission-view';
import { MAXIMUM_CAPTURE_CODE_BASE64 } from '../../../../miniprogram/shared/identity/capture-code-payload';
import { type ResolutionId, type SeatId } from '../../../../miniprogram/shared/identity/ids';
import { CHECK_IDS } from '../../../../miniprogram/shared/verdict/check-ids';

const group = { batchId, stationId: stationChoice, className: v.exactOptional(v.nullable(line(100))) };

export const PROGRESS_SCHEMAS: SchemasOf<ProgressContract> = {
  progress: v.strictObject({ batchId, stationId: stationChoice }),
  missing: v.strictObject({ ...group, cursor }),
  sendReminders: v.strictObject({ ...group, cursor }),
};

export const STANDING_SCHEMAS: SchemasOf<StandingContract> = {
  studentStanding: v.strictObject({ batchId, studentNumber }),
};

function distinct(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}

const reasons = v.pipe(
  v.array(v.picklist(REJECT_REASONS)),
  v.minLength(1),
  v.maxLength(4),
  v.check((list) => distinct(list)),
);

export const REVIEW_SCHEMAS: SchemasOf<ReviewContract> = {
  reviewQueue: v.strictObject({ batchId }),
  takeReview: v.strictObject({
    batchId,
    skip: v.exactOptional(submissionId),
    studentNumber: v.exactOptional(studentNumber),
  }),
  releaseReview: v.strictObject({ submissionId }),
  decideReview: v.strictObject({
    submissionId,
    photoId,
    decision: v.variant('kind', [
      v.strictObject({ kind: v.literal('accept') }),
      v.strictObject({ kind: v.literal('reject'), reasons, remark: sentence }),
    ]),
  }),
  undoReview: v.strictObject({ submissionId }),
  returnPhoto: v.strictObject({
    batchId,
    studentNumber,
    reasons,
    remark: sentence,
  }),
  stuckSubmissions: v.strictObject({ batchId, cursor }),
  overrideChecks: v.strictObject({
    submissionId,
    checks: v.pipe(
      v.array(v.picklist(CHECK_IDS)),
      v.minLength(1),
      v.check((list) => distinct(list)),
    ),
    reason: sentence,
  }),
};

export const BINDING_SCHEMAS: SchemasOf<BindingContract> = {
  releaseBinding: v.strictObject({ batchId, studentNumber }),
};

const payloadBase64 = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAXIMUM_CAPTURE_CODE_BASE64), v.base64());
const idTail = v.pipe(v.string(), v.nonEmpty(), v.maxLength(32));
const seatId = idOf<SeatId>();

export const STATION_MODE_SCHEMAS: SchemasOf<StationModeContract> = {
  stationResolve: v.strictObject({ payloadBase64, idTail }),
  stationSeat: v.strictObject({
    resolutionId: idOf<ResolutionId>(),
    consentVersion: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  }),
  stationSeats: nothing,
  stationUpload: v.strictObject({ seatId, extension: v.picklist(['jpg', 'png', 'webp']) }),
  stationConfirm: v.strictObject({ seatId, photoId, payloadBase64, idTail }),
  stationLeave: v.strictObject({ seatId }),
};
