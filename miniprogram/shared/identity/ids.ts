/**
 * Branded identifiers, so that a photo's id cannot be passed where a submission's is meant.
 * Refuses to say how ids are made: the cloud chooses them.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type BatchId = Branded<'BatchId'>;
export type SubmissionId = Branded<'SubmissionId'>;
export type PhotoId = Branded<'PhotoId'>;
export type UploadId = Branded<'UploadId'>;
export type ResolutionId = Branded<'ResolutionId'>;
export type StationId = Branded<'StationId'>;
export type MemberId = Branded<'MemberId'>;
export type InvitationId = Branded<'InvitationId'>;
export type RosterPlanId = Branded<'RosterPlanId'>;
export type ExportId = Branded<'ExportId'>;
export type SeatId = Branded<'SeatId'>;
/** ISO 8601 in UTC, e.g. 2026-11-22T05:00:00.000Z. Deadlines are shown in Asia/Shanghai. */
export type Instant = Branded<'Instant'>;
/** The name of a stored file in the cloud (`cloud://…`), opaque to everybody but the storage. */
export type FileId = Branded<'FileId'>;
