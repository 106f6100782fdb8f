/**
 * A whole list: every row diagnosed, and what only shows between rows. Pure, in one pass over the rows and one over
 * the result, so that 50,000 rows take a moment.
 */
import { diagnoseRow, RosterCells, RosterExpectation, RosterRow } from './roster-row';
import { isRosterError, RosterFinding, RosterFindingCode } from './roster-findings';

export interface NumberedCells {
  /** As a spreadsheet counts. */
  readonly line: number;
  readonly cells: RosterCells;
  /** More cells than headings. */
  readonly broken: boolean;
}

export interface DiagnosedRoster {
  /** Rows that can be imported, in the order of the file; each student number once. */
  readonly rows: readonly RosterRow[];
  /** Who stands only in rows that cannot be imported, as far as their numbers can be read; each once. */
  readonly unusable: readonly string[];
  /** In the order of the file. */
  readonly findings: readonly RosterFinding[];
  /** Rows with at least one error. */
  readonly bad: number;
}

/** Lists this short have no usual length of student numbers. */
const ENOUGH_FOR_A_HABIT = 10;
/** From this share on a length is the usual one. */
const HABIT_SHARE = 0.9;

export function diagnoseRoster(
  numbered: readonly NumberedCells[],
  expected: RosterExpectation,
): DiagnosedRoster {
  const findings: RosterFinding[] = [];
  const first = new Map<string, { readonly line: number; readonly row: RosterRow; readonly key: string }>();
  const badLines = new Set<number>();
  const twice = new Set<string>();
  const inBadRows = new Set<string>();
  const report = (
    line: number,
    code: RosterFindingCode,
    field: RosterFinding['field'] = null,
    otherLine: number | null = null,
  ): void => {
    const severity = isRosterError(code) ? 'error' : 'warning';
    if (severity === 'error') badLines.add(line);
    findings.push({ line, code, severity, field, otherLine });
  };

  for (const { line, cells, broken } of numbered) {
    if (broken) report(line, 'row-broken');
    const { row, findings: ofRow } = diagnoseRow(cells, expected);
    for (const { code, field } of ofRow) report(line, code, field);
    if (row === null) continue;
    if (badLines.has(line)) {
      inBadRows.add(row.studentNumber);
      continue;
    }
    const key = JSON.stringify(row);
    const earlier = first.get(row.studentNumber);
    if (earlier === undefined) first.set(row.studentNumber, { line, row, key });
    else if (earlier.key === key) report(line, 'duplicate-row', null, earlier.line);
    else {
      // Which of the two is right nobody can tell: neither is imported.
      report(line, 'student-number-twice', 'studentNumber', earlier.line);
      if (!twice.has(row.studentNumber)) report(earlier.line, 'student-number-twice', 'studentNumber', line);
      twice.add(row.studentNumber);
    }
  }
  const good = [...first.values()].filter(({ row }) => !twice.has(row.studentNumber));
  const usual = usualLength(good.map(({ row }) => row.studentNumber.length));
  for (const { line, row } of good) {
    if (usual !== undefined && row.studentNumber.length !== usual)
      report(line, 'other-length', 'studentNumber');
  }
  const imported = new Set(good.map(({ row }) => row.studentNumber));
  const unusable = [...inBadRows, ...twice].filter((number) => !imported.has(number));
  findings.sort((one, other) => one.line - other.line);
  return {
    rows: good.map(({ row }) => row),
    unusable: [...new Set(unusable)],
    findings,
    bad: badLines.size,
  };
}

function usualLength(lengths: readonly number[]): number | undefined {
  if (lengths.length < ENOUGH_FOR_A_HABIT) return undefined;
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].find(([, count]) => count >= HABIT_SHARE * lengths.length)?.[0];
}
