/**
 * Every refusal that can travel from the cloud to the phone, as a code.
 * The cloud never sends a sentence: the client maps each code to Chinese words in `miniprogram/copy/`,
 * and a code without a sentence does not compile. Refuses to hold wording, personal data or HTTP status.
 */

/** Refusals that only members of the staff can meet. */
export const OPERATOR_ERROR_CODES = [
  // roles
  'INVITATION_INVALID', // unknown, used, expired, revoked, or its inviter left: not told apart
  'ALREADY_MEMBER', // has another membership, which must be given up first
  'LAST_OPERATOR', // somebody must be left who can invite

  // roster
  'ROSTER_UNREADABLE', // details.reason: empty, encoding, format, quotes, workbook, no-headings
  'ROSTER_TOO_LARGE', // details.maximum, details.unit: rows, bytes, columns
  'ROSTER_COLUMN_MISSING', // details.fields
  'ROSTER_COLUMN_TWICE', // two columns for one field; details.fields
  'ROSTER_HEADING_TWICE', // two columns that are used have the same heading; details.headings
  'ROSTER_SEVERAL_SHEETS', // more than one sheet lists people; details.sheets
  'ROSTER_HAS_ID_NUMBERS', // details.columns: their positions, 1 is the first; details.sheet where there are several
  'ROSTER_HAS_ERRORS', // details.rows
  'ROSTER_PLAN_OUTDATED', // the list or the file changed since the dry run, or it is too old

  // progress
  'REMINDERS_NOT_CONFIGURED', // no message template in the deployment's settings

  // review
  'REVIEW_LENT_TO_OTHER', // another reviewer has this photo
  'UNDO_TOO_LATE',

  // packages
  'EXPORT_EMPTY', // nothing accepted in the selection
  'EXPORT_TEMPLATE_INVALID', // details.reason, details.part
  'EXPORT_NAMES_REFUSED', // details.count, details.problem: the first one
  'EXPORT_UNDERWAY', // new photos of the same students are being packed already
  'EXPORT_NOT_DELIVERABLE', // only a package that was finished and not stopped is; details.state: the package's
] as const;
export type OperatorErrorCode = (typeof OPERATOR_ERROR_CODES)[number];

/** Grouped by the capability that raises them; the group is documentation, the code is the contract. */
export const ERROR_CODES = [
  // any function
  'INVALID_REQUEST', // a field is missing, oversized or of the wrong shape; details.path says which
  'UNAUTHENTICATED', // the platform gave no identity
  'FORBIDDEN', // the caller's role does not allow this; details.reason: other-station
  'NOT_FOUND', // unknown id, or an id that belongs to somebody else: the two are not told apart; details.event
  // somebody else changed the same thing at the same time: ask again (details.retryAfterSeconds), except where
  // details.reason is batch-changed, which only a new look helps
  'CONFLICT',
  'TOO_MANY_REQUESTS', // details.retryAfterSeconds
  'TEMPORARILY_UNAVAILABLE', // a service behind us is down; asking later may help
  'INTERNAL', // a bug; details.requestId finds it in the log

  // consent
  'CONSENT_REQUIRED', // no valid consent of the required version
  'FACE_CONSENT_REQUIRED', // the separate consent to the use of the face photo is missing

  // pictures (of codes and of people) before anything is judged
  'IMAGE_EMPTY',
  'IMAGE_FORMAT_UNSUPPORTED', // HEIC, SVG, text, anything that is not JPEG, PNG or WebP; details.format
  'IMAGE_ANIMATED',
  'IMAGE_TOO_LARGE_BYTES', // details.bytes, details.maximum
  'IMAGE_TOO_LARGE_PIXELS', // details.width, details.height, details.maximum
  'IMAGE_TOO_SMALL', // details.width, details.height, details.minimum
  'IMAGE_DAMAGED', // truncated or corrupt
  'IMAGE_COLOUR_UNSUPPORTED', // a colour model that cannot be decoded rightly

  // capture codes
  'CODE_NOT_FOUND_IN_PICTURE', // no QR code could be read
  'CODE_NOT_RECOGNISED', // codes were read, none of them is a capture code
  'CODE_SEVERAL_MATCH', // more than one code in the picture resolves
  'CODE_TOO_LONG', // payload over the limit
  'CODE_FORGED', // the signature does not hold
  'CODE_EXPIRED',
  'CODE_ID_TAIL_WRONG', // details.triesLeft
  'CODE_LOCKED', // too many wrong ID tails; details.retryAfterSeconds
  'CODE_SERVICE_UNAVAILABLE', // the resolving service is down or slow
  'CODE_SERVICE_REFUSED', // the resolving service answered with a refusal or with nonsense
  'CODE_OTHER_BATCH', // the code is real; its student belongs to no open batch here
  'CODE_ALREADY_BOUND', // bound to another person; details.telephone
  'NOT_ON_ROSTER', // the batch has a roster and the student is not on it; details.telephone

  // batch
  'BATCH_NOT_OPEN', // details.opensAt, details.telephone
  'BATCH_CLOSED', // details.closedAt, details.telephone
  'COHORT_NOT_ELIGIBLE', // level or year is not part of this batch; details.telephone
  'ATTEMPTS_EXHAUSTED', // details.limit

  // submission
  'SUBMISSION_STATE', // the event is not allowed in this state; details.state, details.event
  'ALREADY_CONFIRMED',
  'NOTHING_TO_CONFIRM',
  'PHOTO_SUPERSEDED', // a newer photo took its place; details say nothing more
  'UPLOAD_MISSING', // the storage id names nothing that this caller uploaded
  'REQUEST_REPLAYED', // the same request key with another content

  // photo
  'RESULT_OUT_OF_STANDARD', // the finished picture missed the standard when measured again; details.items

  ...OPERATOR_ERROR_CODES,
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * Plain numbers, short codes and times only, and a school's public number to call. Never names, numbers of people,
 * payloads or paths.
 */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A refusal: expected, coded, safe to send to the client. Anything else that is thrown is a bug. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}
