/**
 * What is kept of one 学籍 in a submission: what the code says of it, the name only masked.
 * Refuses ID numbers and full names; the student number is kept because the export is named by it, and is masked
 * wherever a person sees it. Refuses a copy of the school's name: the batch has it, and a school may be renamed.
 */
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type StudentView } from '../../miniprogram/shared/contract/submission-view';
import { maskNumber } from '../../miniprogram/shared/identity/masked-name';

export interface StudentRecord {
  readonly schoolCode: string;
  readonly studentNumber: string;
  readonly maskedName: string;
  readonly level: string;
  readonly year: string;
  readonly studyForm: string | null;
  readonly duration: string | null;
}

export function toStudentView(
  student: StudentRecord,
  { schoolName }: Pick<Batch, 'schoolName'>,
): StudentView {
  return {
    schoolCode: student.schoolCode,
    schoolName,
    maskedName: student.maskedName,
    maskedStudentNumber: maskNumber(student.studentNumber),
    level: student.level,
    year: student.year,
    ...(student.studyForm !== null && { studyForm: student.studyForm }),
  };
}
