/**
 * From a picture to the one student whose code is in it: every code that is read is offered to the resolver, and the
 * one that resolves is the student's, wherever it stands among advertisements and neighbours' codes.
 * Refuses to choose between two students: then the picture must show one code only. Refuses to ask a service again
 * that has just not answered: each silence takes half of the time that the whole function has.
 */
import { DomainError, type ErrorCode, isDomainError } from '../../miniprogram/shared/errors';
import { type CodeInPicture } from './code-in-picture';
import { type ReadingOptions, readCodePicture } from './read-code-picture';
import { type CaptureCodeResolver, type ResolvedStudent } from './resolvers/capture-code-resolver';

/** A screenshot holds one code, a page of a group chat a few; more questions than this one picture does not buy. */
const MAXIMUM_QUESTIONS = 8;

/** The code is genuine and its answer final, or asking is of no use now: no further attempt is made. */
const DECISIVE: readonly ErrorCode[] = [
  'CODE_ID_TAIL_WRONG',
  'CODE_LOCKED',
  'CODE_EXPIRED',
  'CODE_SERVICE_UNAVAILABLE',
  'CODE_SERVICE_REFUSED',
];
/** Says something about this code only: another code, or a better reading, may still resolve. */
const PASSING: readonly ErrorCode[] = ['CODE_FORGED', 'CODE_TOO_LONG', 'CODE_NOT_RECOGNISED'];

/** Of several refusals the one that helps most, i.e. that comes first here, is told. */
const BY_USE: readonly ErrorCode[] = [...DECISIVE, ...PASSING];

/**
 * @param picture the bytes of the file
 * @param idTail as typed
 * @throws DomainError IMAGE_* of the reader, CODE_* of the resolver, CODE_NOT_FOUND_IN_PICTURE, CODE_SEVERAL_MATCH,
 *   and whatever else the resolver refuses with
 */
export async function resolveCodePicture(
  picture: Uint8Array,
  idTail: string,
  resolver: CaptureCodeResolver,
  options: ReadingOptions = {},
): Promise<ResolvedStudent> {
  let anyFound = false;
  let questions = 0;
  const refusals: DomainError[] = [];
  for await (const codes of readCodePicture(picture, options)) {
    anyFound ||= codes.length > 0;
    const recognised = codes.filter(({ payload }) => resolver.recognises(payload));
    const asked = answeredAloneFirst(recognised, resolver).slice(0, MAXIMUM_QUESTIONS - questions);
    questions += asked.length;
    const students = await resolveEach(asked, idTail, resolver, refusals);
    if (students.length > 0) return theOnly(students);
    if (questions >= MAXIMUM_QUESTIONS || refusals.some(({ code }) => DECISIVE.includes(code))) break;
  }
  throw (
    mostUseful(refusals) ?? new DomainError(anyFound ? 'CODE_NOT_RECOGNISED' : 'CODE_NOT_FOUND_IN_PICTURE')
  );
}

/** So that a service which is down for an advertisement stands in no way of a code that needs no service. */
function answeredAloneFirst(
  codes: readonly CodeInPicture[],
  resolver: CaptureCodeResolver,
): readonly CodeInPicture[] {
  const alone = ({ payload }: CodeInPicture) => resolver.answersAlone?.(payload) ?? false;
  return [...codes.filter(alone), ...codes.filter((code) => !alone(code))];
}

/**
 * Asks for one code after the other, because each question may count as a try; collects the refusals, and stops at the
 * one that is about the service: it would be the same for every code that is left.
 */
async function resolveEach(
  codes: readonly CodeInPicture[],
  idTail: string,
  resolver: CaptureCodeResolver,
  refusals: DomainError[],
): Promise<readonly ResolvedStudent[]> {
  const students: ResolvedStudent[] = [];
  for (const { payload } of codes) {
    try {
      students.push(await resolver.resolve(payload, idTail));
    } catch (error) {
      if (!isDomainError(error) || !BY_USE.includes(error.code)) throw error;
      refusals.push(error);
      if (error.code === 'CODE_SERVICE_UNAVAILABLE') break;
    }
  }
  return students;
}

/** The same 学籍 twice is one student, e.g. a code and its enlarged view on one page. */
function theOnly(students: readonly ResolvedStudent[]): ResolvedStudent {
  const [first, ...others] = students;
  if (others.some(({ enrolmentKey }) => enrolmentKey !== first!.enrolmentKey)) {
    throw new DomainError('CODE_SEVERAL_MATCH', { count: students.length });
  }
  return first!;
}

function mostUseful(refusals: readonly DomainError[]): DomainError | undefined {
  for (const code of BY_USE) {
    const refusal = refusals.find((candidate) => candidate.code === code);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
