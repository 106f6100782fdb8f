/**
 * Counts the photos that a package was asked to hold and does not, by reason, with as many student numbers as somebody
 * can work through. Refuses to drop one silently: whoever hands the package on must know who is not in it.
 */
import {
  LEFT_OUT_REASONS,
  type LeftOut,
  type LeftOutReason,
} from '../../miniprogram/shared/contract/exporter';

export interface LeftOutPhoto {
  readonly reason: LeftOutReason;
  /** Null for a student who is not stored any more. */
  readonly studentNumber: string | null;
}

/** A hundred packages with every reason stay far below what one answer may carry. */
const NUMBERS_KEPT = 50;

export function leftOutOf(photos: readonly LeftOutPhoto[]): readonly LeftOut[] {
  return LEFT_OUT_REASONS.flatMap((reason) => {
    const some = photos.filter((photo) => photo.reason === reason);
    if (some.length === 0) return [];
    const studentNumbers = some.flatMap(({ studentNumber }) =>
      studentNumber === null ? [] : [studentNumber],
    );
    return [{ reason, count: some.length, studentNumbers: studentNumbers.slice(0, NUMBERS_KEPT) }];
  });
}

/** Both together. */
export function joinLeftOut(one: readonly LeftOut[], other: readonly LeftOut[]): readonly LeftOut[] {
  return LEFT_OUT_REASONS.flatMap((reason) => {
    const some = [...one, ...other].filter((leftOut) => leftOut.reason === reason);
    if (some.length === 0) return [];
    const studentNumbers = some.flatMap((leftOut) => leftOut.studentNumbers);
    return [{ reason, count: countOf(some), studentNumbers: studentNumbers.slice(0, NUMBERS_KEPT) }];
  });
}

export function countOf(leftOut: readonly LeftOut[]): number {
  return leftOut.reduce((sum, { count }) => sum + count, 0);
}

/** For when the numbers are of no use any more. */
export function withoutNumbers(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  return leftOut.map((each) => ({ ...each, studentNumbers: [] }));
}
