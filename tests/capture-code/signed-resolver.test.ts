import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { DigestKey } from '../../cloudfunctions/capture-code/keyed-digest';
import { createSignedResolver } from '../../cloudfunctions/capture-code/resolvers/signed-resolver';
import { encodeSignedCode } from '../../cloudfunctions/capture-code/signed-format';
import { type ErrorCode } from '../../miniprogram/shared/errors';
import { aSchoolKey, aSignedCode, claimsOf, ID_NUMBER } from '../support/signed-code-builder';
import { refusalOf } from '../support/refusal';

const NOW = new Date('2026-12-01T00:00:00Z');
const SCHOOL = aSchoolKey('99999');
const SERVER_KEY = new DigestKey(Buffer.alloc(32, 7));

function resolverFor(...keys: readonly ReturnType<typeof aSchoolKey>[]) {
  const trusted = keys.map(({ schoolCode, privateKey, digestKey }) => ({
    schoolCode,
    publicKey: createPublicKey(privateKey),
    digestKey,
  }));
  return createSignedResolver(trusted, SERVER_KEY, () => NOW);
}

const resolver = resolverFor(SCHOOL);

test('a genuine code with its tail says who the student is', async () => {
  await expect(resolver.resolve(aSignedCode(SCHOOL), '002X')).resolves.toMatchObject({
    schoolCode: '99999',
    studentNumber: '202105130123',
    maskedName: '张*三',
    level: '高起本',
    year: '2021',
    studyForm: '非脱产',
    duration: '5',
  });
});

describe('what identifies what', () => {
  const keysOf = async (payload: Uint8Array) => {
    const { personKey, codeKey, enrolmentKey } = await resolver.resolve(payload, '002X');
    return { personKey, codeKey, enrolmentKey };
  };

  test('a code that is issued anew is another code of the same person and enrolment', async () => {
    const [one, other] = await Promise.all([keysOf(aSignedCode(SCHOOL)), keysOf(aSignedCode(SCHOOL))]);
    expect(other.codeKey).not.toBe(one.codeKey);
    expect(other).toMatchObject({ personKey: one.personKey, enrolmentKey: one.enrolmentKey });
  });

  test('a second enrolment belongs to the same person', async () => {
    const one = await keysOf(aSignedCode(SCHOOL));
    const other = await keysOf(aSignedCode(SCHOOL, { claims: { studentNumber: '202409010007' } }));
    expect(other.personKey).toBe(one.personKey);
    expect(other.enrolmentKey).not.toBe(one.enrolmentKey);
  });

  test('somebody else with the same tail is somebody else', async () => {
    const one = await keysOf(aSignedCode(SCHOOL));
    const other = await keysOf(aSignedCode(SCHOOL, { idNumber: '32010519491231002X' }));
    expect(other.personKey).not.toBe(one.personKey);
  });

  test('the same code gives the same keys', async () => {
    const payload = aSignedCode(SCHOOL);
    expect(await keysOf(payload)).toEqual(await keysOf(payload));
  });
});

describe('refusals', () => {
  const stranger = aSchoolKey('88888');
  /** Signs for a school that is not its own, with the identity of the trusted key's school in the claims. */
  const foreign = { ...stranger, schoolCode: '99999' };

  test.each<[string, () => Uint8Array, string, ErrorCode]>([
    ['the tail of somebody else', () => aSignedCode(SCHOOL), '0021', 'CODE_ID_TAIL_WRONG'],
    [
      'an expired code',
      () => aSignedCode(SCHOOL, { claims: { expiresAt: new Date(NOW.getTime() - 1000) } }),
      '002X',
      'CODE_EXPIRED',
    ],
    [
      'a code at the moment of its expiry',
      () => aSignedCode(SCHOOL, { claims: { expiresAt: NOW } }),
      '002X',
      'CODE_EXPIRED',
    ],
    ['a code of a school that nobody knows', () => aSignedCode(stranger), '002X', 'CODE_NOT_RECOGNISED'],
    ['something else behind the prefix', () => Buffer.from('GPC1:HELLO:'), '002X', 'CODE_NOT_RECOGNISED'],
    [
      'an expired code with a wrong tail',
      () => aSignedCode(SCHOOL, { claims: { expiresAt: NOW } }),
      '0000',
      'CODE_EXPIRED',
    ],
  ])('%s', async (_, payload, tail, code) => {
    expect(await refusalOf(resolver.resolve(payload(), tail))).toBe(code);
  });

  test('a key that signs for another school than its own', async () => {
    const both = resolverFor(SCHOOL, stranger);
    expect(await refusalOf(both.resolve(aSignedCode(foreign), '002X'))).toBe('CODE_FORGED');
  });

  test('any changed character makes a code forged or no code at all, whatever the tail', async () => {
    const payload = aSignedCode(SCHOOL);
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
    await fc.assert(
      fc.asyncProperty(fc.nat(payload.length - 1), fc.nat(alphabet.length - 1), async (at, letter) => {
        const changed = Uint8Array.from(payload);
        changed[at] = alphabet.charCodeAt(letter);
        fc.pre(changed[at] !== payload[at]);
        expect(['CODE_FORGED', 'CODE_NOT_RECOGNISED']).toContain(
          await refusalOf(resolver.resolve(changed, '002X')),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('a signature of another key over the same content is forged', async () => {
    const impostor = { ...SCHOOL, privateKey: generateKeyPairSync('ed25519').privateKey };
    const genuine = Buffer.from(aSignedCode(SCHOOL)).toString();
    const forged = Buffer.from(
      encodeSignedCode({ claims: claimsOf(SCHOOL), idNumber: ID_NUMBER, idTail: '002X' }, impostor),
    ).toString();
    // The same first characters (key id) with the impostor's claims and signature.
    const payload = Buffer.from(genuine.slice(0, 17) + forged.slice(17));
    expect(await refusalOf(resolver.resolve(payload, '002X'))).toBe('CODE_FORGED');
  });
});
