/**
 * The function `exporter`: packages of finished photos for the school or 学信网. A package is a numbered row of ZIP
 * files ("volumes") with a manifest; it is made in slices, because no function runs for minutes: `start`, then `proceed`
 * until `finished` (the timer goes on with what was left).
 */
import { BatchId, ExportId, Instant, StationId } from '../identity/ids';
import { RosterField } from '../roster/roster-fields';
import { SubmissionState } from '../submission/submission-machine';
import { PageRequest } from './read-on';
import { DownloadLink } from './student';
import { RejectReason } from './submission-view';

/** Which accepted photos: of the whole batch, of one station (null: students without one). */
export interface ExportSelection {
  readonly batchId: BatchId;
  readonly stationId?: StationId | null;
  /** Only what is in no package that was finished and not stopped, or all that was accepted. */
  readonly photos: 'new' | 'all-accepted';
}

/** Templates with {studentNumber}, {seq}, {class} …; see shared/export/name-template. */
export interface ExportTemplate {
  /** Without `.jpg`, e.g. `{studentNumber}`. */
  readonly fileName: string;
  /** Folders with `/`, empty for none, e.g. `{station}/{class}`. */
  readonly folder: string;
}

export interface ExportRequest {
  readonly selection: ExportSelection;
  readonly template: ExportTemplate;
}

export const NAME_PROBLEMS = ['empty', 'illegal-character', 'reserved', 'too-long', 'same-name'] as const;
export type NameProblem = (typeof NAME_PROBLEMS)[number];

/** Why a photo of the selection is not in the package. */
export const LEFT_OUT_REASONS = [
  'consent-taken-back', // comes with the next package of new photos after the student agrees again
  'returned', // sent back, or its acceptance taken back
  'replaced', // the student has another photo by now
  'deleted',
  'file-missing', // the storage has its picture no more: the staff return it, and the student takes another one
  'file-damaged', // the stored picture is not the one that was recorded: likewise
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** Of whom, so that somebody can call; at most 50, and without those who are not stored any more. */
  readonly studentNumbers: readonly string[];
}

export interface ExportCheck {
  readonly photos: number;
  readonly volumes: number;
  /** Paths of the first five photos. */
  readonly examples: readonly string[];
  /** At most 100; a package with any is refused (EXPORT_NAMES_REFUSED). */
  readonly problems: readonly {
    readonly problem: NameProblem;
    readonly studentNumber: string;
    readonly path: string;
  }[];
  readonly problemCount: number;
  /** Not counted in `photos`; the package can be made without them. Functions of version 0.1.0 leave nobody out. */
  readonly leftOut?: readonly LeftOut[];
}

export interface ExportVolume {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly photos: number;
}

export interface ExportJob {
  readonly id: ExportId;
  readonly selection: ExportSelection;
  readonly template: ExportTemplate;
  readonly state: 'packing' | 'closing' | 'finished' | 'cancelled' | 'expired';
  readonly photos: number;
  /** Not counted in `photos`. Known at the start, or found when a volume was packed. As in a check. */
  readonly leftOut?: readonly LeftOut[];
  readonly packed: number;
  /** Photos that read `exported` for it; it is `closing` until these are all. Functions of version 0.1.0 do not say. */
  readonly handedOver?: number;
  /** Photos that were marked with it; `deliveredAt` is null until these are all. Functions of version 0.1.0 do not say. */
  readonly delivered?: number;
  readonly volumes: readonly ExportVolume[];
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  /** When the files leave the storage; a new package can be made then. */
  readonly expiresAt: Instant;
}

/** The words of the spreadsheet: they live on the phone and travel with the request. See copy/spreadsheet-words. */
export interface SpreadsheetLabels {
  /** One for each column, in the order of SPREADSHEET_COLUMNS. */
  readonly headings: Readonly<Record<SpreadsheetColumn, string>>;
  readonly states: Readonly<Record<SubmissionState | 'not-bound', string>>;
  readonly reasons: Readonly<Record<RejectReason, string>>;
  readonly yes: string;
  readonly no: string;
}

export const SPREADSHEET_COLUMNS = [
  'studentNumber',
  'name',
  'level',
  'year',
  'studyForm',
  'major',
  'station',
  'className',
  'listed',
  'state',
  'attempts',
  'confirmedAt',
  'reviewedAt',
  'rejection',
] as const;
export type SpreadsheetColumn = (typeof SPREADSHEET_COLUMNS)[number];

/** The words of an empty list, as of the spreadsheet. */
export interface RosterTemplateLabels {
  readonly headings: Readonly<Record<RosterField, string>>;
  /** One invented student, so that everybody sees how it is meant. */
  readonly example: Readonly<Record<RosterField, string>>;
}

export interface ExportFile {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly link: DownloadLink;
}

export interface ExporterContract {
  /** Names every photo and looks for collisions and illegal characters; writes nothing. */
  readonly check: { readonly request: ExportRequest; readonly data: ExportCheck };
  /** EXPORT_EMPTY, EXPORT_NAMES_REFUSED {problem, count}, EXPORT_TEMPLATE_INVALID {reason}, EXPORT_UNDERWAY,
   * REQUEST_REPLAYED. */
  readonly start: { readonly request: ExportRequest; readonly data: ExportJob };
  /** Works for some seconds. Two callers at once do not pack anything twice. */
  readonly proceed: { readonly request: { readonly exportId: ExportId }; readonly data: ExportJob };
  readonly job: { readonly request: { readonly exportId: ExportId }; readonly data: ExportJob };
  /** The newest first, 100 at a time. */
  readonly jobs: {
    readonly request: PageRequest & { readonly batchId: BatchId };
    readonly data: { readonly jobs: readonly ExportJob[]; readonly next?: string | null };
  };
  /** All files of a finished package: volumes, manifest.csv, manifest.json. */
  readonly links: {
    readonly request: { readonly exportId: ExportId };
    readonly data: { readonly files: readonly ExportFile[] };
  };
  /**
   * Stops and deletes the files. Photos of a package that was not delivered are new again, unless another finished one
   * holds them. CONFLICT while they become "exported" or "delivered". Changes nothing about an expired package.
   */
  readonly cancel: { readonly request: { readonly exportId: ExportId }; readonly data: ExportJob };
  /**
   * The package has reached the school or 学信网: its students read "已送达". Also after it has expired. Works for some
   * seconds: while the answer has no `deliveredAt`, the same request again goes on. EXPORT_NOT_DELIVERABLE {state}.
   */
  readonly markDelivered: { readonly request: { readonly exportId: ExportId }; readonly data: ExportJob };
  /** One XLSX with every student of the batch or station. */
  readonly spreadsheet: {
    readonly request: {
      readonly batchId: BatchId;
      readonly stationId?: StationId | null;
      readonly labels: SpreadsheetLabels;
    };
    readonly data: ExportFile;
  };
  /** An empty list to fill, for those who have none yet. */
  readonly rosterTemplate: {
    readonly request: {
      readonly batchId: BatchId;
      readonly format: 'xlsx' | 'csv';
      readonly labels: RosterTemplateLabels;
    };
    readonly data: ExportFile;
  };
}
