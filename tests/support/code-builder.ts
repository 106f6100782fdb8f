/** Capture codes of the demonstration school as a phone would send them: as payload or as an uploaded picture. */
import { randomUUID } from 'node:crypto';
import { PNG } from 'pngjs';
import { aSignedCode, ID_NUMBER } from './signed-code-builder';
import { anUpload } from './submission-builder';
import { resolveCode, type CaptureCodes } from '../../cloudfunctions/capture-code/binding/resolve-code';
import { type SignedClaims } from '../../cloudfunctions/capture-code/signed-format';
import { createCaptureCodes } from '../../cloudfunctions/functions/student/capture-codes';
import { type Call } from '../../cloudfunctions/requests/call';
import { drawCode } from '../../local/cli/support/draw-code';
import { readSchoolKey } from '../../local/cli/support/school-key';
import { demonstrationEnvironment } from '../../local/demo/demonstration';
import { type CodeSource, type Resolution } from '../../miniprogram/shared/contract/student';

/** The tail of ID_NUMBER, which every code here has unless it is told another. */
export const RIGHT_TAIL = ID_NUMBER.slice(-4);
export const WRONG_TAIL = '0000';

/** The real resolvers and the real reader under the demonstration's settings, and what else a test sets. */
export function captureCodesForTests(variables: Readonly<Record<string, string>> = {}): CaptureCodes {
  return createCaptureCodes({ SCF_NAMESPACE: 'local', ...demonstrationEnvironment(), ...variables });
}

let students = 0;

/** The payload of a code that nobody else in the test run has. */
export function aCode(claims: Partial<SignedClaims> = {}, idNumber?: string): Uint8Array {
  students += 1;
  const studentNumber = `2021${String(students).padStart(6, '0')}`;
  return aSignedCode(
    { ...readSchoolKey() },
    { claims: { studentNumber, ...claims }, ...(idNumber !== undefined && { idNumber }) },
  );
}

export function asPayload(code: Uint8Array): CodeSource {
  return { kind: 'payload', payloadBase64: Buffer.from(code).toString('base64') };
}

/** A screenshot with these codes one under the other, uploaded by this caller. */
export async function asPicture(call: Call, ...codes: readonly Uint8Array[]): Promise<CodeSource> {
  const drawn = await Promise.all(
    codes.map(async (code) => PNG.sync.read(Buffer.from(await drawCode(code, { moduleSize: 4 })))),
  );
  return { kind: 'picture', ...(await anUpload(call, stacked(drawn), 'code-picture')) };
}

export async function anUnreadablePicture(call: Call): Promise<CodeSource> {
  const grey = new PNG({ width: 300, height: 300 });
  grey.data.fill(200);
  return { kind: 'picture', ...(await anUpload(call, PNG.sync.write(grey), 'code-picture')) };
}

/** Resolves a code for a caller who has agreed to everything. */
export async function resolved(call: Call, code: Uint8Array, idTail = RIGHT_TAIL): Promise<Resolution> {
  return resolveCode(
    { ...call, requestKey: randomUUID() },
    { code: asPayload(code), idTail },
    captureCodesForTests(),
  );
}

function stacked(pictures: readonly PNG[]): Uint8Array {
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = pictures.reduce((sum, picture) => sum + picture.height, 0);
  const page = new PNG({ width, height });
  page.data.fill(255);
  let top = 0;
  for (const picture of pictures) {
    PNG.bitblt(picture, page, 0, 0, picture.width, picture.height, 0, top);
    top += picture.height;
  }
  return PNG.sync.write(page);
}
