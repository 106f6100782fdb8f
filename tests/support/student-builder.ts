/** Students who do not exist, as a resolver would tell of them and as a submission keeps them. */
import { type ResolvedStudent } from '../../cloudfunctions/capture-code/resolvers/capture-code-resolver';
import { type StudentRecord } from '../../cloudfunctions/submission/student-record';

let students = 0;

export function aResolvedStudent(changes: Partial<ResolvedStudent> = {}): ResolvedStudent {
  students += 1;
  const studentNumber = changes.studentNumber ?? `20219999${String(students).padStart(4, '0')}`;
  return {
    schoolCode: '99999',
    studentNumber,
    maskedName: '张*三',
    level: '专升本',
    year: '2021',
    studyForm: '非脱产',
    duration: '2.5',
    personKey: `person-key-${students}`,
    codeKey: `code-key-${students}`,
    enrolmentKey: `enrolment-key-${studentNumber}`,
    ...changes,
  };
}

export function aStudentRecord(changes: Partial<StudentRecord> = {}): StudentRecord {
  const { schoolCode, studentNumber, maskedName, level, year } = aResolvedStudent();
  return {
    schoolCode,
    studentNumber,
    maskedName,
    level,
    year,
    studyForm: '非脱产',
    duration: '2.5',
    ...changes,
  };
}
