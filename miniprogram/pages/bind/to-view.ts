/** What the binding page shows: first code and ID tail, then "is this you?". Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { yearWords } from '../../copy/batch-words';
import { BIND_WORDS } from '../../copy/bind-words';
import { Words } from '../../copy/words';
import { TypingPause } from '../../services/typing-pause';
import { CodeSource, Resolution } from '../../shared/contract/student';
import { ErrorCode } from '../../shared/errors';
import { ID_TAIL_LENGTH, normaliseIdNumber } from '../../shared/identity/id-tail';
import { PageState } from '../define-page';

/** The code as it lies on the phone. */
export type ChosenCode =
  | { readonly kind: 'scanned'; readonly payloadBase64: string }
  | {
      readonly kind: 'picked';
      readonly path: string;
      /** Uploaded already: another try with another tail needs no second upload. */
      readonly uploaded: Extract<CodeSource, { kind: 'picture' }> | null;
    };

export type BindStep = 'scanning' | 'uploading' | 'resolving' | 'binding';

export interface BindState extends PageState {
  readonly code: ChosenCode | null;
  readonly idTail: string;
  readonly typing: TypingPause;
  readonly step: BindStep | null;
  readonly missing: 'code' | 'tail' | null;
  readonly resolution: Resolution | null;
  /** The person said "that is not me". */
  readonly notMine: boolean;
  /** The question stood open for too long. */
  readonly outdated: boolean;
  readonly telephone: string;
}

export const NOTHING_YET: Omit<BindState, 'typing'> = {
  code: null,
  idTail: '',
  step: null,
  missing: null,
  resolution: null,
  notMine: false,
  outdated: false,
  telephone: '',
  failure: null,
};

/** What the page said about the code before, also what that code led to while another one was chosen. */
export const OTHER_CODE = { resolution: null, missing: null, notMine: false, outdated: false } as const;

export interface BindView {
  readonly asking: boolean;
  readonly hasCode: boolean;
  readonly codeText: string;
  /** The chosen picture; empty for a scanned code. */
  readonly picture: string;
  readonly idTail: string;
  readonly missing: string;
  readonly busy: boolean;
  readonly busyText: string;
  readonly facts: readonly Fact[];
  readonly alreadyMine: boolean;
  /** Why the person is back at the first step. */
  readonly notice: Words | null;
  readonly failure: FailureView | null;
}

const STEP_WORDS: Record<BindStep, string> = {
  scanning: BIND_WORDS.scanning,
  uploading: BIND_WORDS.uploading,
  resolving: BIND_WORDS.resolving,
  binding: BIND_WORDS.binding,
};

const NOT_MINE: Words = { title: BIND_WORDS.notMineTitle, next: BIND_WORDS.notMineNext };
const OUTDATED: Words = { title: BIND_WORDS.outdatedTitle, next: BIND_WORDS.outdatedNext };

export function refusedWith({ failure }: PageState, code: ErrorCode): boolean {
  return failure?.kind === 'refused' && failure.code === code;
}

export function toView(state: BindState): BindView {
  const { code, idTail, step, missing, resolution } = state;
  return {
    asking: resolution !== null,
    hasCode: code !== null,
    codeText: code === null ? '' : code.kind === 'scanned' ? BIND_WORDS.scanned : BIND_WORDS.picked,
    picture: code?.kind === 'picked' ? code.path : '',
    idTail,
    missing: missing === 'code' ? BIND_WORDS.needCode : missing === 'tail' ? BIND_WORDS.needTail : '',
    busy: step !== null,
    busyText: step === null ? '' : STEP_WORDS[step],
    facts: resolution === null ? [] : factsOf(resolution),
    alreadyMine: resolution?.alreadyMine ?? false,
    notice: state.notMine ? NOT_MINE : state.outdated ? OUTDATED : null,
    failure: failureView(state.failure, resolution?.batch.telephone || state.telephone, 'code'),
  };
}

/** What must be recognised before anything is bound, the most telling first. */
function factsOf({ student, batch }: Resolution): Fact[] {
  const facts: Fact[] = [
    { label: BIND_WORDS.school, value: student.schoolName },
    { label: BIND_WORDS.level, value: student.level },
    { label: BIND_WORDS.year, value: yearWords(student.year) },
    { label: BIND_WORDS.name, value: student.maskedName },
    { label: BIND_WORDS.studentNumber, value: student.maskedStudentNumber },
    { label: BIND_WORDS.batch, value: batch.title },
  ];
  if (student.studyForm) facts.splice(3, 0, { label: BIND_WORDS.studyForm, value: student.studyForm });
  return facts;
}

/**
 * At most the tail of what was typed, as the cloud compares it; somebody who types the whole number sends no more. The
 * field leaves room for one with blanks or brackets: a paste that is cut short ends in other characters.
 */
export function tidyIdTail(typed: string): string {
  return normaliseIdNumber(typed)
    .replace(/[^0-9A-Z]/g, '')
    .slice(-ID_TAIL_LENGTH);
}
