/** A student as staff read it line by line, on pages and at a PC: who it is, and how it stands with the photos. */
import { StandingStudent, StudentStanding } from '../shared/contract/operator/standing';
import { CHECK_WORDS } from './check-words';
import { STAFF_REVIEW_WORDS } from './operator-review-words';
import { BOUND_BY_WORDS, BOUND_ELSEWHERE, STUDENT_WORDS } from './operator-student-words';
import { REJECT_REASON_WORDS } from './reject-reason-words';

interface Line {
  readonly label: string;
  readonly value: string;
}

/** What is not known of the student is left out. */
export function studentFacts(student: StandingStudent): Line[] {
  const { studentNumber, maskedName, level, year, stationName, className } = student;
  const cohort = [year === null ? null : `${year}级`, level].filter((part) => part !== null).join(' ');
  const place = [stationName, className].filter((part) => part !== null).join(' · ');
  return said([
    { label: STAFF_REVIEW_WORDS.studentNumber, value: studentNumber },
    { label: STAFF_REVIEW_WORDS.name, value: maskedName ?? '' },
    { label: STAFF_REVIEW_WORDS.level, value: cohort },
    { label: STAFF_REVIEW_WORDS.place, value: place },
  ]);
}

export function standingFacts(standing: StudentStanding): Line[] {
  const { student, listed, state, boundBy, rejection, overrides } = standing;
  const isElsewhere = state === 'not-bound' && boundBy !== 'nobody';
  const reasons = rejection?.reasons.map((reason) => REJECT_REASON_WORDS[reason].title) ?? [];
  const letPass = overrides.map(({ check, reason }) => `${CHECK_WORDS[check].name}（${reason}）`);
  return [
    ...studentFacts(student),
    ...said([
      { label: STUDENT_WORDS.list, value: listed === null ? '' : STUDENT_WORDS.listed(listed) },
      { label: STUDENT_WORDS.code, value: isElsewhere ? BOUND_ELSEWHERE : BOUND_BY_WORDS[boundBy] },
      {
        label: STUDENT_WORDS.attempts,
        value: state === 'not-bound' ? '' : STUDENT_WORDS.attemptsOf(standing),
      },
      { label: STUDENT_WORDS.rejection, value: joined([...reasons, rejection?.remark ?? '']) },
      { label: STUDENT_WORDS.overridden, value: joined(letPass) },
    ]),
  ];
}

const said = (lines: readonly Line[]): Line[] => lines.filter(({ value }) => value !== '');

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('；');
