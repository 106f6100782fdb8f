/**
 * Every student of a batch or station in one workbook for the school: the list, where each stands, what the review
 * said. Its words come with the request, because the cloud has none; every cell is text that no spreadsheet runs.
 */
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { type StoredFile } from './export-document';
import { storeForAWhile } from './short-lived-file';
import { type BatchDocument } from '../batch/batch-document';
import { type StationDocument } from '../operator-access/station-document';
import { collection } from '../platform/database';
import { stationCondition, type StationsInReach } from '../progress/stations-in-reach';
import { type Call } from '../requests/call';
import { type ReviewDocument } from '../review/review-document';
import { type RosterLineDocument } from '../roster/roster-document';
import { rosterPages } from '../roster/roster-lines';
import { type SubmissionDocument } from '../submission/submission-document';
import { shanghaiMinute } from '../../miniprogram/shared/time/shanghai-time';
import {
  SPREADSHEET_COLUMNS,
  type SpreadsheetColumn,
  type SpreadsheetLabels,
} from '../../miniprogram/shared/contract/exporter';
import { guardFormula } from '../../miniprogram/shared/export/formula-guard';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { type SubmissionState } from '../../miniprogram/shared/submission/submission-machine';

export async function writeSpreadsheet(
  call: Call,
  batch: BatchDocument,
  stations: StationsInReach,
  labels: SpreadsheetLabels,
): Promise<StoredFile> {
  const students = await gatherStudents(batch, stations);
  const rows = [labels.headings, ...students.map((student) => cellsOf(student, labels))];
  const sheet: SheetData = rows.map((row) =>
    SPREADSHEET_COLUMNS.map((column) =>
      row[column] === '' ? null : { value: guardFormula(row[column]), type: String },
    ),
  );
  const bytes = await writeWorkbook(sheet, { stickyRowsCount: 1 }).toBuffer();
  return storeForAWhile(call, bytes, 'students.xlsx');
}

interface SpreadsheetStudent extends Pick<SubmissionDocument, 'rejection'> {
  readonly studentNumber: string;
  readonly name: string | null;
  readonly level: string | null;
  readonly year: string | null;
  readonly studyForm: string | null;
  readonly major: string | null;
  readonly station: string | null;
  readonly className: string | null;
  readonly listed: boolean;
  readonly state: SubmissionState | 'not-bound';
  readonly attempts: number;
  readonly confirmedAt: Instant | null;
  readonly reviewedAt: Instant | null;
}

/** Empty text for an empty cell. */
function cellsOf(student: SpreadsheetStudent, labels: SpreadsheetLabels): Record<SpreadsheetColumn, string> {
  const { rejection, confirmedAt, reviewedAt, attempts } = student;
  const reasons = rejection?.reasons.map((reason) => labels.reasons[reason]) ?? [];
  return {
    studentNumber: student.studentNumber,
    name: student.name ?? '',
    level: student.level ?? '',
    year: student.year ?? '',
    studyForm: student.studyForm ?? '',
    major: student.major ?? '',
    station: student.station ?? '',
    className: student.className ?? '',
    listed: student.listed ? labels.yes : labels.no,
    state: labels.states[student.state],
    attempts: attempts === 0 ? '' : String(attempts),
    confirmedAt: confirmedAt === null ? '' : shanghaiMinute(confirmedAt),
    reviewedAt: reviewedAt === null ? '' : shanghaiMinute(reviewedAt),
    rejection: [...reasons, rejection?.remark ?? ''].filter((text) => text !== '').join('；'),
  };
}

async function gatherStudents(
  batch: BatchDocument,
  stations: StationsInReach,
): Promise<readonly SpreadsheetStudent[]> {
  const names = await stationNames(batch.schoolCode);
  const lines = await linesByNumber(batch, stations);
  const students: SpreadsheetStudent[] = [];
  for await (const page of submissionPages(batch, stations)) {
    const reviews = await collection<ReviewDocument>('reviews').byIds(page.map(({ _id }) => _id));
    for (const submission of page) {
      const line = lines.get(submission.studentNumber);
      lines.delete(submission.studentNumber);
      students.push(ofSubmission(submission, line, reviews.get(submission._id), names));
    }
  }
  for (const line of lines.values()) students.push(ofLine(line, names));
  return students.sort((one, other) => (one.studentNumber < other.studentNumber ? -1 : 1));
}

type Names = ReadonlyMap<string | null, string>;

async function stationNames(schoolCode: string): Promise<Names> {
  const stations = await collection<StationDocument>('stations').find({ schoolCode }, { limit: 1000 });
  return new Map(stations.map(({ _id, name }) => [_id, name]));
}

async function linesByNumber(
  { _id, roster }: BatchDocument,
  stations: StationsInReach,
): Promise<Map<string, RosterLineDocument>> {
  const lines = new Map<string, RosterLineDocument>();
  if (!roster) return lines;
  for await (const page of rosterPages(_id, roster.version)) {
    for (const line of page) {
      if (stations === 'all' || stations.includes(line.stationId)) lines.set(line.studentNumber, line);
    }
  }
  return lines;
}

function submissionPages(
  { _id: batchId, schoolCode }: BatchDocument,
  stations: StationsInReach,
): AsyncIterable<readonly SubmissionDocument[]> {
  return collection<SubmissionDocument>('submissions').pages(
    { batchId, schoolCode, deletingAt: null, ...stationCondition(stations) },
    { by: 'studentNumber' },
  );
}

function ofSubmission(
  submission: SubmissionDocument,
  line: RosterLineDocument | undefined,
  review: ReviewDocument | undefined,
  names: Names,
): SpreadsheetStudent {
  const { studentNumber, maskedName, level, year, studyForm, className, state, attempts } = submission;
  const at = (wanted: SubmissionDocument['state']) =>
    [...submission.timeline].reverse().find((entry) => entry.state === wanted)?.at ?? null;
  return {
    studentNumber,
    name: line?.name ?? maskedName,
    level,
    year,
    studyForm,
    major: line?.major ?? null,
    station: names.get(submission.stationId) ?? null,
    className,
    listed: submission.listed,
    state,
    attempts,
    confirmedAt: at('confirmed'),
    reviewedAt: review?.decidedAt ?? null,
    rejection: submission.rejection,
  };
}

function ofLine(line: RosterLineDocument, names: Names): SpreadsheetStudent {
  return {
    studentNumber: line.studentNumber,
    name: line.name,
    level: line.level,
    year: line.year,
    studyForm: line.studyForm,
    major: line.major,
    station: names.get(line.stationId) ?? null,
    className: line.className,
    listed: true,
    state: 'not-bound',
    attempts: 0,
    confirmedAt: null,
    reviewedAt: null,
    rejection: null,
  };
}
