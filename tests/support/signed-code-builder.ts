/** Builds schools' keys and signed codes; every part has a usual value that a test may change. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { DigestKey } from '../../cloudfunctions/capture-code/keyed-digest';
import {
  type CodeToSign,
  encodeSignedCode,
  type SignedClaims,
  type SigningKey,
} from '../../cloudfunctions/capture-code/signed-format';
import { idTailOf } from '../../miniprogram/shared/identity/id-tail';

/** The worked example of GB 11643-1999; nobody's number. */
export const ID_NUMBER = '11010519491231002X';

export interface TestSchoolKey extends SigningKey {
  readonly schoolCode: string;
}

export function aSchoolKey(schoolCode = '99999'): TestSchoolKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { schoolCode, privateKey, digestKey: new DigestKey(randomBytes(32)) };
}

export function claimsOf(key: TestSchoolKey, changes: Partial<SignedClaims> = {}): SignedClaims {
  return {
    schoolCode: key.schoolCode,
    studentNumber: '202105130123',
    maskedName: '张*三',
    level: '高起本',
    year: '2021',
    studyForm: '非脱产',
    duration: '5',
    expiresAt: new Date('2099-07-01T00:00:00Z'),
    ...changes,
  };
}

export function aSignedCode(
  key: TestSchoolKey,
  changes: {
    readonly claims?: Partial<SignedClaims>;
    readonly idNumber?: string;
    readonly salt?: Uint8Array;
  } = {},
): Uint8Array {
  const idNumber = changes.idNumber ?? ID_NUMBER;
  const code: CodeToSign = {
    claims: claimsOf(key, changes.claims),
    idNumber,
    idTail: idTailOf(idNumber)!,
    ...(changes.salt ? { salt: changes.salt } : {}),
  };
  return encodeSignedCode(code, key);
}
