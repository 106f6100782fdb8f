/**
 * Importing the school's list: upload, dry run, apply. The file travels through storage; the dry run is kept as a plan
 * with a digest, and exactly that plan is applied.
 */
import { BatchId, FileId, Instant, RosterPlanId, UploadId } from '../../identity/ids';
import { RosterField } from '../../roster/roster-fields';
import { RosterFinding, RosterFindingCode } from '../../roster/roster-findings';
import { UploadTicket } from '../student';

/** Heading of the file → field; headings that are left out are recognised by their usual names. Null: leave it alone. */
export type ColumnMapping = Readonly<Record<string, RosterField | null>>;

/** What to do with names in the file: leave them out, keep them masked (张*三), or keep them whole. */
export type NameHandling = 'leave-out' | 'masked' | 'whole';

export interface RosterOptions {
  readonly mapping: ColumnMapping;
  readonly names: NameHandling;
  /** Rows with errors stop the import, or are left out of it: whoever stands on the list already stays as before. */
  readonly badRows: 'stop' | 'leave-out';
}

export interface RosterColumn {
  readonly heading: string;
  /** Null: not recognised, not used. */
  readonly field: RosterField | null;
  readonly recognised: 'by-name' | 'by-mapping' | 'no';
}

export interface RosterPlan {
  readonly id: RosterPlanId;
  readonly batchId: BatchId;
  /** Sent back with `applyRoster`. */
  readonly digest: string;
  readonly state: 'ready' | 'stopped' | 'nothing-to-do' | 'applying' | 'applied' | 'outdated';
  readonly file: {
    readonly format: 'csv' | 'xlsx';
    readonly encoding: 'utf-8' | 'gb18030' | null;
    readonly sheet: string | null;
    /** Other sheets of the workbook that are not empty: nothing of them is imported. Absent in plans of 0.1.0. */
    readonly unreadSheets?: readonly string[];
  };
  readonly columns: readonly RosterColumn[];
  readonly rows: {
    readonly read: number;
    readonly good: number;
    /** Rows with at least one error. */
    readonly bad: number;
    /** Students of the bad rows who are on the list already and stay there as they are. Counted as unchanged, too. Absent in plans of 0.1.0. */
    readonly kept?: number;
  };
  readonly differences: {
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
    /** Of the removed: students who have bound a code already. Their submissions stay. */
    readonly removedButBound: number;
    readonly newStations: readonly string[];
  };
  readonly findings: Readonly<Partial<Record<RosterFindingCode, number>>>;
  /** While it is being applied: rows written of all. */
  readonly written: number;
  readonly expiresAt: Instant;
}

/** One student who would be added, changed or taken off the list. */
export type RosterDifference =
  | {
      readonly kind: 'added';
      readonly studentNumber: string;
      readonly station: string | null;
      readonly className: string | null;
    }
  | {
      readonly kind: 'changed';
      readonly studentNumber: string;
      readonly fields: readonly {
        readonly field: RosterField;
        readonly before: string | null;
        readonly after: string | null;
      }[];
    }
  | { readonly kind: 'removed'; readonly studentNumber: string; readonly bound: boolean };

export interface RosterContract {
  readonly prepareRosterUpload: {
    readonly request: { readonly batchId: BatchId; readonly extension: 'csv' | 'xlsx' };
    readonly data: UploadTicket;
  };
  /**
   * Dry run; changes nothing. The same upload can be checked again with other options.
   * Refusals: ROSTER_UNREADABLE {reason}, ROSTER_TOO_LARGE {maximum}, ROSTER_SEVERAL_SHEETS {sheets},
   * ROSTER_COLUMN_MISSING {fields}, ROSTER_COLUMN_TWICE {fields}, ROSTER_HEADING_TWICE {headings},
   * ROSTER_HAS_ID_NUMBERS {columns, sheet?}.
   */
  readonly checkRoster: {
    readonly request: {
      readonly batchId: BatchId;
      readonly uploadId: UploadId;
      readonly fileId: FileId;
      readonly options: RosterOptions;
    };
    readonly data: RosterPlan;
  };
  readonly rosterPlan: { readonly request: { readonly planId: RosterPlanId }; readonly data: RosterPlan };
  /** What is wrong, row by row, 500 at a time in the order of the file (`page` from 0). */
  readonly rosterFindings: {
    readonly request: { readonly planId: RosterPlanId; readonly page: number };
    readonly data: { readonly findings: readonly RosterFinding[]; readonly pages: number };
  };
  /**
   * Removed students who have bound, then the other removed ones and the changed ones, the shorter list of both first,
   * then the added ones; 500 at a time, of each only the first thousands.
   */
  readonly rosterDifferences: {
    readonly request: { readonly planId: RosterPlanId; readonly page: number };
    readonly data: { readonly differences: readonly RosterDifference[]; readonly pages: number };
  };
  /**
   * Works for some seconds and says how far it is; called again until `applied`. Until the very end the batch keeps its
   * old list; then it has the new one at once. Refusals: ROSTER_PLAN_OUTDATED, ROSTER_HAS_ERRORS.
   */
  readonly applyRoster: {
    readonly request: { readonly planId: RosterPlanId; readonly digest: string };
    readonly data: RosterPlan;
  };
}
