/**
 * What becomes of a list that was refused. Where naming its columns is an answer, the uploaded file waits for another
 * check and the page asks for the columns. Where only another file is, the cloud deletes it at once and the page forgets
 * it: nobody knows what stands in a list that could not be read.
 */
import { ErrorCode } from '../errors';

const COLUMNS_ANSWER: readonly ErrorCode[] = ['ROSTER_COLUMN_MISSING', 'ROSTER_COLUMN_TWICE'];
const ANOTHER_FILE_ANSWERS: readonly ErrorCode[] = [
  'UPLOAD_MISSING',
  'ROSTER_UNREADABLE',
  'ROSTER_TOO_LARGE',
  'ROSTER_SEVERAL_SHEETS',
  'ROSTER_HEADING_TWICE',
  'ROSTER_HAS_ID_NUMBERS',
];

export function columnsAreAskedAfter(refusal: ErrorCode): boolean {
  return COLUMNS_ANSWER.includes(refusal);
}

export function listIsGoneAfter(refusal: ErrorCode): boolean {
  return ANOTHER_FILE_ANSWERS.includes(refusal);
}
