import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DigestKey } from '../../cloudfunctions/capture-code/keyed-digest';
import { decodeSignedCode, encodeSignedCode } from '../../cloudfunctions/capture-code/signed-format';
import { readFirstCodes } from '../../cloudfunctions/capture-code/read-code-picture';
import { drawCode } from '../../local/cli/support/draw-code';
import { aSchoolKey, aSignedCode, claimsOf, ID_NUMBER } from '../support/signed-code-builder';

/** Seed 00…00 and digest key 01…01: for this vector only. */
const VECTOR_KEY = {
  schoolCode: '99999',
  privateKey: createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32)]),
    format: 'der',
    type: 'pkcs8',
  }),
  digestKey: new DigestKey(Buffer.alloc(32, 1)),
};

test('the worked example of the documentation comes out character by character', () => {
  const vector = { claims: { expiresAt: new Date('2035-07-01T00:00:00Z') }, salt: Buffer.alloc(12, 2) };
  const payload = Buffer.from(aSignedCode(VECTOR_KEY, vector)).toString();
  const documentation = readFileSync(join(__dirname, '../../docs/capture-code.md'), 'utf8');
  expect(documentation).toContain(payload);
  const decoded = decodeSignedCode(Buffer.from(payload))!;
  for (const bytes of [decoded.tailDigest, decoded.personDigest, decoded.signature.subarray(0, 16)]) {
    expect(documentation).toContain(Buffer.from(bytes).toString('hex'));
  }
});

const text = (maximum: number) => fc.string({ unit: 'binary', minLength: 1, maxLength: maximum });
const claims = fc.record(
  {
    schoolCode: fc.stringMatching(/^\d{5}$/),
    studentNumber: fc.stringMatching(/^[0-9A-Za-z-]{1,32}$/),
    maskedName: text(50).filter((name) => Buffer.byteLength(name) <= 200),
    level: text(15),
    year: fc.integer({ min: 1900, max: 2199 }).map(String),
    studyForm: text(15),
    duration: fc.constantFrom('2', '2.5', '3', '5', '10'),
    expiresAt: fc.integer({ min: 0, max: 0xffffffff }).map((seconds) => new Date(seconds * 1000)),
  },
  { requiredKeys: ['schoolCode', 'studentNumber', 'maskedName', 'level', 'year', 'expiresAt'] },
);

test('what is written is read back, and stays in the characters of a QR code’s densest text', () => {
  const key = aSchoolKey();
  fc.assert(
    fc.property(claims, (stated) => {
      const payload = encodeSignedCode({ claims: stated, idTail: '002X', idNumber: ID_NUMBER }, key);
      expect(decodeSignedCode(payload)?.claims).toEqual(stated);
      expect(Buffer.from(payload).toString()).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
    }),
    { numRuns: 50 },
  );
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, prefixed) => {
      const payload = prefixed ? Buffer.concat([Buffer.from('GPC1:'), bytes, Buffer.from(':')]) : bytes;
      expect(decodeSignedCode(payload)).toBeUndefined();
    }),
  );
});

test('a code that is cut off anywhere is no code', () => {
  const payload = aSignedCode(aSchoolKey());
  for (let length = 0; length < payload.length; length++) {
    expect(decodeSignedCode(payload.subarray(0, length))).toBeUndefined();
  }
});

test.each([
  ['a school code of four digits', { schoolCode: '1234' }],
  ['no student number', { studentNumber: '' }],
  ['a student number with other characters', { studentNumber: '学号1' }],
  ['a name beyond the limit', { maskedName: '张'.repeat(67) }],
  ['no level', { level: '' }],
  ['a year that is none', { year: '21' }],
  ['an expiry before 1970', { expiresAt: new Date(-1000) }],
  ['an expiry with milliseconds', { expiresAt: new Date(1500) }],
  ['a duration of two decimals', { duration: '2.55' }],
])('%s cannot be issued', (_, change) => {
  const key = aSchoolKey();
  const code = { claims: claimsOf(key, change), idTail: '002X', idNumber: ID_NUMBER };
  expect(() => encodeSignedCode(code, key)).toThrow(RangeError);
});

test('the smallest code of a usual student fits a screenshot at any size', async () => {
  const payload = aSignedCode(aSchoolKey());
  expect(payload.length).toBeLessThan(300);
  for (const moduleSize of [2, 8]) {
    const [code] = await readFirstCodes(await drawCode(payload, { moduleSize }));
    expect(Buffer.from(code!.payload).equals(payload)).toBe(true);
  }
});
