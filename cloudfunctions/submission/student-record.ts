/**
 * What is kept of one 学籍 in a submission: what the code says of it, the name only masked.
 * Refuses ID numbers and full names; the student number is kept because the export is named by it, and is masked
 * wherever a person sees it.
 */
import { type StudentView } from '../../miniprogram/shared/contract/submission-view';
import { maskNumber } from '../../miniprogram/shared/identity/masked-name';

export interface StudentRecord {
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly studentNumber: string;
  readonly maskedName: string;
  readonly level: string;
  readonly year: string;
  readonly studyForm: string | null;
  readonly duration: string | null;
}

export function toStudentView(student: StudentRecord): StudentView {
  return {
    schoolCode: student.schoolCode,
    schoolName: student.schoolName,
    maskedName: student.maskedName,
    maskedStudentNumber: maskNumber(student.studentNumber),
    level: student.level,
    year: student.year,
    ...(student.studyForm !== null && { studyForm: student.studyForm }),
  };
}
