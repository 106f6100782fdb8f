/**
 * Issues one signed capture code as a picture: for schools without the gateway, demonstrations and tests.
 * Names leave it masked and ID numbers only as keyed digests.
 */
import { encodeSignedCode } from '../../../cloudfunctions/capture-code/signed-format';
import { idTailOf, normaliseIdNumber } from '../../../miniprogram/shared/identity/id-tail';
import { maskName } from '../../../miniprogram/shared/identity/masked-name';
import { type CodeDrawing, drawCode } from './draw-code';
import { idNumberProblem } from './id-number-problem';
import { type SchoolKey } from './school-key';

export interface CodeRequest {
  readonly studentNumber: string;
  /** Whole or masked; masked in the code. */
  readonly name: string;
  readonly level: string;
  readonly year: string;
  readonly studyForm?: string;
  readonly duration?: string;
  readonly idNumber: string;
  readonly expiresAt: Date;
  /** Twelve bytes, for a code that can be drawn again bit by bit; random by default. */
  readonly salt?: Uint8Array;
}

export interface IssuedCode {
  /** The bytes in the QR code. */
  readonly payload: Uint8Array;
  readonly png: Uint8Array;
}

/** @throws RangeError for fields that do not fit the format (docs/capture-code.md), or an ID number that cannot be right */
export async function issueCode(
  request: CodeRequest,
  key: SchoolKey,
  drawing: Partial<CodeDrawing> = {},
): Promise<IssuedCode> {
  const problem = idNumberProblem(request.idNumber);
  if (problem !== undefined) throw new RangeError(problem);
  const idTail = idTailOf(request.idNumber);
  if (idTail === undefined) throw new RangeError('the ID number is shorter than its last four characters');
  const { name, idNumber, salt, expiresAt, ...enrolment } = request;
  const payload = encodeSignedCode(
    {
      claims: {
        ...enrolment,
        schoolCode: key.schoolCode,
        maskedName: maskName(name),
        expiresAt: wholeSeconds(expiresAt),
      },
      idTail,
      idNumber: normaliseIdNumber(idNumber),
      ...(salt ? { salt } : {}),
    },
    key,
  );
  return { payload, png: await drawCode(payload, drawing) };
}

function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
