/** The function `housekeeping`: deletes what its rules say, every night; here its dry run and its start by hand. */
import { BatchId, Instant } from '../identity/ids';
import { StoredPeople } from './operator/access';

/** Kinds of things that are deleted, in the order in which they take turns and are reported. */
export const RETENTION_KINDS = [
  'everything', // batches whose time is over: submissions with all they have, roster, packages
  'unfinished', // submissions without a confirmed photo, after the deadline or after they were sent back
  'originals', // original photos of accepted submissions
  'packages', // files of old, cancelled or abandoned packages
  'crashed-photos', // photos whose worker died: files that were going to be stored
  'unused-uploads', // files that were uploaded and never used
  'roster-leftovers', // old versions of rosters, plans and their files
  'forgotten', // expired resolutions, requests, locks, counters, seats, invitations
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

export interface RetentionLine {
  readonly kind: RetentionKind;
  /** Null: belongs to no batch. */
  readonly batchId: BatchId | null;
  readonly batchTitle: string | null;
  readonly documents: number;
  readonly files: number;
}

export interface RetentionReport {
  readonly dryRun: boolean;
  readonly lines: readonly RetentionLine[];
  /**
   * False: something that is due is still there, or in a dry run not counted, because time ran out or because of `failed`;
   * the next run goes on.
   */
  readonly complete: boolean;
  /**
   * Pieces of work that failed, each with a line in the log. All others were done; the next run tries again. Functions of
   * version 0.1.0 do not say.
   */
  readonly failed?: number;
  readonly storedPeople: StoredPeople;
  readonly at: Instant;
}

export interface HousekeepingContract {
  /** What would be deleted now. Deletes nothing. */
  readonly report: { readonly request: Record<string, never>; readonly data: RetentionReport };
  /** Deletes now instead of tonight. */
  readonly run: { readonly request: Record<string, never>; readonly data: RetentionReport };
}
