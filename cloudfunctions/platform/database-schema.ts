/**
 * Every collection and its indexes, as data: the embedded cloud builds them from this list, and whoever deploys
 * creates exactly these in the console (docs/deployment). Refuses field definitions: what a document holds is
 * the business of the capability that writes it.
 *
 * Rules that hold on the platform too:
 * - permissions of every collection: nobody but functions (custom rule `{"read": false, "write": false}`);
 * - a unique index counts a missing field as null, so two documents without the field collide: unique fields are
 *   always written;
 * - at most 100 collections, 20 indexes each (public documents, read 2026-11).
 */

export interface IndexField {
  /** Dots descend into objects. */
  readonly path: string;
  readonly direction: 'ascending' | 'descending';
}

export interface IndexDefinition {
  readonly name: string;
  readonly unique: boolean;
  readonly fields: readonly IndexField[];
}

export interface CollectionDefinition {
  readonly name: string;
  readonly indexes: readonly IndexDefinition[];
}

function index(unique: boolean, ...paths: readonly string[]): IndexDefinition {
  return {
    name: paths.join('_').replaceAll('.', '-'),
    unique,
    fields: paths.map((path) => ({ path, direction: 'ascending' })),
  };
}
const lookup = (...paths: readonly string[]): IndexDefinition => index(false, ...paths);
const unique = (...paths: readonly string[]): IndexDefinition => index(true, ...paths);

export const DATABASE_SCHEMA = [
  { name: 'schools', indexes: [unique('code')] },
  { name: 'stations', indexes: [unique('schoolCode', 'code')] },
  { name: 'batches', indexes: [lookup('schoolCode', 'closesAt'), lookup('closesAt')] },
  /** Lines of every version of a batch's list; the batch says which version holds. */
  {
    name: 'roster',
    indexes: [
      unique('batchId', 'version', 'studentNumber'),
      lookup('batchId', 'version', 'stationId', 'className', 'studentNumber'),
    ],
  },
  /** Dry runs of imports, and parts of them that are too long for one document. */
  { name: 'roster_plans', indexes: [lookup('batchId', 'createdAt'), lookup('expiresAt'), lookup('planId')] },
  /** Totals per station and class of a version, counted once when it was written. */
  { name: 'roster_versions', indexes: [lookup('batchId', 'version')] },
  /** `_id` is derived from school and student number: one 学籍 is bound once, whoever comes second collides. */
  { name: 'bindings', indexes: [] },
  {
    name: 'submissions',
    indexes: [
      lookup('batchId', 'schoolCode', 'studentNumber'),
      lookup('openid', 'batchId'),
      lookup('batchId', 'state', 'updatedAt'),
      lookup('batchId', 'state', 'attempts'),
      // In this order every count of the progress page is answered by the index alone.
      lookup('batchId', 'listed', 'state', 'stationId', 'className'),
      lookup('batchId', 'stationId', 'state'),
      lookup('deletingAt'),
    ],
  },
  {
    name: 'photos',
    indexes: [lookup('submissionId', 'takenAt'), lookup('status', 'takenAt'), lookup('starts')],
  },
  /** Events, never changed; `_id` is owner and running number, so two events cannot take the same place. */
  { name: 'consents', indexes: [lookup('openid', 'sequence')] },
  { name: 'audit', indexes: [lookup('at'), lookup('subjectId', 'at'), lookup('schoolCode', 'at')] },
  /** Who works here, `_id` derived from the person: one membership each. */
  { name: 'members', indexes: [lookup('schoolCode')] },
  /** `_id` is a digest of the code; the code itself is stored nowhere. */
  {
    name: 'invitations',
    indexes: [lookup('schoolCode', 'createdAt'), lookup('expiresAt'), lookup('invitedBy', 'expiresAt')],
  },
  /** Who holds which photo for review, and the newest decision; `_id` is the submission's. */
  { name: 'reviews', indexes: [lookup('batchId', 'lentUntil'), lookup('reviewer', 'decidedAt')] },
  /** Messages that people allowed us to send. */
  { name: 'reminder_permissions', indexes: [lookup('expiresAt')] },
  /** Teachers' phones that act for a student for some minutes. */
  { name: 'seats', indexes: [lookup('teacher', 'seatedAt'), lookup('expiresAt')] },
  { name: 'exports', indexes: [lookup('batchId', 'startedAt'), lookup('state'), lookup('expiresAt')] },
  /** What goes into each volume of a package, fixed when it was started. The packages of old ones by an index alone. */
  { name: 'export_volumes', indexes: [lookup('exportId', 'number'), lookup('createdAt', 'exportId')] },
  { name: 'counters', indexes: [lookup('expiresAt')] },
  /** Permissions to upload one picture to one path that the server chose. */
  { name: 'uploads', indexes: [lookup('usedAt', 'expiresAt'), lookup('purpose', 'expiresAt')] },
  /** Resolved codes that wait for "yes, this is me". */
  { name: 'resolutions', indexes: [lookup('openid'), lookup('expiresAt')] },
  /** Wrong ID tails per code, and until when a code is locked. */
  { name: 'code_locks', indexes: [lookup('expiresAt')] },
  /** Request keys that were answered, with the digest of their payload and the outcome. */
  { name: 'requests', indexes: [lookup('expiresAt')] },
] as const satisfies readonly CollectionDefinition[];

export type CollectionName = (typeof DATABASE_SCHEMA)[number]['name'];
