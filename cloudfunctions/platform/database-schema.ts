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
  { name: 'stations', indexes: [unique('schoolId', 'code')] },
  { name: 'batches', indexes: [lookup('schoolId', 'opensAt'), lookup('schoolCode'), lookup('closesAt')] },
  {
    name: 'roster',
    indexes: [
      unique('batchId', 'studentNumber'),
      lookup('batchId', 'stationId', 'studentNumber'),
      lookup('batchId', 'importId'),
    ],
  },
  /** `_id` is derived from school and student number: one 学籍 is bound once, whoever comes second collides. */
  { name: 'bindings', indexes: [lookup('openid')] },
  {
    name: 'submissions',
    indexes: [
      lookup('batchId', 'schoolCode', 'studentNumber'),
      lookup('openid', 'batchId'),
      lookup('batchId', 'state', 'updatedAt'),
      lookup('batchId', 'stationId', 'state'),
    ],
  },
  { name: 'photos', indexes: [lookup('submissionId', 'takenAt'), lookup('openid'), lookup('deleteAfter')] },
  /** Events, never changed; `_id` is owner and running number, so two events cannot take the same place. */
  { name: 'consents', indexes: [lookup('openid', 'sequence')] },
  { name: 'audit', indexes: [lookup('at'), lookup('subjectId', 'at')] },
  { name: 'counters', indexes: [lookup('expiresAt')] },
  /** Permissions to upload one picture to one path that the server chose. */
  { name: 'uploads', indexes: [lookup('openid'), lookup('expiresAt')] },
  /** Resolved codes that wait for "yes, this is me". */
  { name: 'resolutions', indexes: [lookup('openid'), lookup('expiresAt')] },
  /** Wrong ID tails per code, and until when a code is locked. */
  { name: 'code_locks', indexes: [lookup('expiresAt')] },
  /** Request keys that were answered, with the digest of their payload and the outcome. */
  { name: 'requests', indexes: [lookup('openid'), lookup('expiresAt')] },
] as const satisfies readonly CollectionDefinition[];

export type CollectionName = (typeof DATABASE_SCHEMA)[number]['name'];
