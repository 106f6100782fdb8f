/**
 * Bad input and what it gets, over the wire: the bundled functions, the real SDK, one row for each thing that can be
 * wrong with a code, a batch, a consent, an id, a field or a repetition. Each has a code of its own, and nothing that
 * is stored about anybody is different afterwards.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { type CollectionName } from '../../cloudfunctions/platform/database-schema';
import {
  newSchoolKeyFile,
  readSchoolKey,
  serverSettingOf,
  writeSchoolKeyFile,
} from '../../local/cli/support/school-key';
import { type CodeSource } from '../../miniprogram/shared/contract/student';
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';
import { type PhotoId, type ResolutionId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { daysFromNow } from '../support/batch-builder';
import {
  aCode,
  anUnreadablePicture,
  asPayload,
  asPicture,
  RIGHT_TAIL,
  WRONG_TAIL,
} from '../support/code-builder';
import { newRequestKey, type Person } from '../support/person';
import { refusalOf } from '../support/refusal';
import { aSchoolKey, aSignedCode } from '../support/signed-code-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { startStubGateway } from '../support/stub-gateway';
import { storedBatch } from '../support/submission-builder';
import { aCall } from '../support/call-builder';

let testCloud: TestCloud;
let owner: { readonly person: Person; readonly submissionId: SubmissionId };

/** A code of a school whose key is trusted and that has opened no batch. */
let otherSchoolsCode: CodeSource;

/** The key file of that school. */
function otherSchool(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'school-key-')), 'key.json');
  writeSchoolKeyFile(file, newSchoolKeyFile('10377'));
  return file;
}

beforeAll(async () => {
  // A gateway that was there once: its address answers no more.
  const gateway = await startStubGateway();
  await gateway.close();
  const other = otherSchool();
  otherSchoolsCode = asPayload(aSignedCode(readSchoolKey(other)));
  testCloud = await startTestCloud({
    variables: {
      REMINDER_TEMPLATE_ID: 'a-template',
      CAPTURE_CODE_SCHOOL_KEYS: [serverSettingOf(), serverSettingOf(other)].join(','),
      CAPTURE_CODE_GATEWAY_URL: gateway.url.href,
      CAPTURE_CODE_GATEWAY_KEY_ID: 'test',
      CAPTURE_CODE_GATEWAY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    },
  });
  await storedBatch({ cohorts: [{ year: '2021' }] });
  await storedBatch({ cohorts: [{ year: '2022' }], opensAt: daysFromNow(3) });
  await storedBatch({ cohorts: [{ year: '2020' }], closesAt: daysFromNow(-3) });
  await storedBatch({ cohorts: [{ year: '2023' }], rosterRequired: true });
  owner = await aBoundPerson();
});
afterAll(() => testCloud.close());

async function aBoundPerson(code = aCode()) {
  const person = testCloud.person();
  await person.agree();
  const resolution = await person.student('resolveCode', { code: asPayload(code), idTail: RIGHT_TAIL });
  const { id } = await person.student('bind', { resolutionId: resolution.id });
  return { person, submissionId: id };
}

/** What is stored about people; counters, tickets and receipts of the calls themselves are none of it. */
const ABOUT_PEOPLE: readonly CollectionName[] = [
  'bindings',
  'submissions',
  'photos',
  'consents',
  'batches',
  'reviews',
];

async function everythingStored(): Promise<string> {
  const found = await Promise.all(
    ABOUT_PEOPLE.map((name) => collection(name).find({}, { limit: 1000, sort: [['_id', 'asc']] })),
  );
  return JSON.stringify(found);
}

async function expectRefused(code: ErrorCode, attempt: () => Promise<unknown>): Promise<void> {
  const before = await everythingStored();
  expect(await refusalOf(attempt())).toBe(code);
  expect(await everythingStored()).toBe(before);
}

async function someone(facePhoto = true): Promise<Person> {
  const person = testCloud.person();
  await person.agree(facePhoto);
  return person;
}
const as = (person: Person) => aCall({ openid: person.openid });

describe('a code', () => {
  const inPicture =
    (...codes: readonly Uint8Array[]) =>
    (person: Person) =>
      asPicture(as(person), ...codes);
  const inPayload = (code: Uint8Array) => () => Promise.resolve(asPayload(code));
  const forged = (): Uint8Array => {
    const bytes = Uint8Array.from(aCode());
    // One letter of the signature is another one.
    const place = bytes.length - 4;
    bytes[place] = bytes[place] === 65 ? 66 : 65;
    return bytes;
  };

  test.each<[string, (person: Person) => Promise<CodeSource>, ErrorCode]>([
    ['that is not in the picture', (person) => anUnreadablePicture(as(person)), 'CODE_NOT_FOUND_IN_PICTURE'],
    ['beside another that resolves too', inPicture(aCode(), aCode()), 'CODE_SEVERAL_MATCH'],
    ['of a school that has no batch here', () => Promise.resolve(otherSchoolsCode), 'CODE_OTHER_BATCH'],
    ['of a year that no batch takes', inPayload(aCode({ year: '2010' })), 'COHORT_NOT_ELIGIBLE'],
    ['of a batch that is over', inPayload(aCode({ year: '2020' })), 'BATCH_CLOSED'],
    ['of a batch that opens later', inPayload(aCode({ year: '2022' })), 'BATCH_NOT_OPEN'],
    ['of somebody who is not on the list', inPayload(aCode({ year: '2023' })), 'NOT_ON_ROSTER'],
    ['that was changed', inPayload(forged()), 'CODE_FORGED'],
    ['that one school signed for another', inPayload(aCode({ schoolCode: '88888' })), 'CODE_FORGED'],
    ['that has expired', inPayload(aCode({ expiresAt: new Date('2020-01-01T00:00:00Z') })), 'CODE_EXPIRED'],
    ['that a stranger signed', inPayload(aSignedCode(aSchoolKey())), 'CODE_NOT_RECOGNISED'],
    [
      'that only the gateway knows, which is down',
      inPayload(Buffer.from('opaque')),
      'CODE_SERVICE_UNAVAILABLE',
    ],
  ])('%s', async (_, source, expected) => {
    const person = await someone();
    const code = await source(person);
    await expectRefused(expected, () => person.student('resolveCode', { code, idTail: RIGHT_TAIL }));
  });

  test('with the tail of another number, five times', async () => {
    const person = await someone();
    const code = asPayload(aCode());
    const attempt = (idTail: string) => () => person.student('resolveCode', { code, idTail });
    for (let time = 0; time < 5; time += 1) await expectRefused('CODE_ID_TAIL_WRONG', attempt(WRONG_TAIL));
    await expectRefused('CODE_LOCKED', attempt(RIGHT_TAIL));
  });

  test('that another person bound', async () => {
    const code = aCode();
    await aBoundPerson(code);
    const person = await someone();
    await expectRefused('CODE_ALREADY_BOUND', () =>
      person.student('resolveCode', { code: asPayload(code), idTail: RIGHT_TAIL }),
    );
  });
});

describe('without consent', () => {
  test.each<[string, (person: Person) => Promise<unknown>, ErrorCode]>([
    [
      'no code is resolved',
      (person) => person.student('resolveCode', { code: asPayload(aCode()), idTail: RIGHT_TAIL }),
      'CONSENT_REQUIRED',
    ],
    [
      'nothing is bound',
      (person) => person.student('bind', { resolutionId: newId() as ResolutionId }),
      'CONSENT_REQUIRED',
    ],
    [
      'no code picture is taken',
      (person) => person.student('prepareUpload', { purpose: 'code-picture', extension: 'jpg' }),
      'CONSENT_REQUIRED',
    ],
  ])('%s', async (_, attempt, expected) => {
    await expectRefused(expected, () => attempt(testCloud.person()));
  });

  test('to the use of the face no portrait is taken', async () => {
    const person = await someone(false);
    await expectRefused('FACE_CONSENT_REQUIRED', () => person.upload(Buffer.from('a portrait')));
  });
});

describe("somebody else's submission looks like one that does not exist", () => {
  const photoId = newId() as PhotoId;
  type Attempt = (person: Person, submissionId: SubmissionId) => Promise<unknown>;
  const attempts: readonly (readonly [string, Attempt])[] = [
    ['read', (person, submissionId) => person.student('submission', { submissionId })],
    ['confirm', (person, submissionId) => person.student('confirm', { submissionId, photoId })],
    ['withdraw', (person, submissionId) => person.student('withdraw', { submissionId })],
    ['restart', (person, submissionId) => person.student('restart', { submissionId })],
    ['be reminded of', (person, submissionId) => person.student('allowReminder', { submissionId })],
    ['delete', (person, submissionId) => person.student('deleteSubmission', { submissionId })],
    [
      'download',
      (person, submissionId) => person.student('downloadLink', { submissionId, photoId, which: 'original' }),
    ],
    [
      'photograph',
      async (person, submissionId) =>
        person.photo('submit', { submissionId, ...(await person.upload(Buffer.from('x'))), ticks: [] }),
    ],
  ];
  test.each(attempts)('%s', async (_, attempt) => {
    const stranger = await someone();
    await expectRefused('NOT_FOUND', () => attempt(stranger, owner.submissionId));
    await expectRefused('NOT_FOUND', () => attempt(stranger, newId() as SubmissionId));
  });
});

describe('a field that is too large', () => {
  const long = 'x'.repeat(5_000);
  test.each<[string, string, object]>([
    ['student', 'submission', { submissionId: long }],
    ['student', 'bind', { resolutionId: long }],
    ['student', 'consent', { version: long, facePhoto: true }],
    ['student', 'resolveCode', { code: { kind: 'payload', payloadBase64: 'R1BD' }, idTail: long }],
    [
      'student',
      'resolveCode',
      { code: { kind: 'payload', payloadBase64: 'AAAA'.repeat(1_025) }, idTail: '0000' },
    ],
    ['photo', 'submit', { submissionId: long, uploadId: long, fileId: long, ticks: [] }],
  ])('%s %s', async (name, action, payload) => {
    await expectRefused('INVALID_REQUEST', () => sent(owner.person, name, { action, payload }));
  });

  async function sent(person: Person, name: string, event: object): Promise<void> {
    const answer = await person.send(name, event);
    if (!answer.ok) throw new DomainError(answer.code, answer.details);
  }
});

describe('a request that comes again', () => {
  test('with its key is answered again, and takes effect once', async () => {
    const { person, submissionId } = await aBoundPerson();
    const key = newRequestKey();
    await person.student('deleteSubmission', { submissionId }, key);
    const before = await everythingStored();
    expect(await refusalOf(person.student('deleteSubmission', { submissionId }, key))).toBe('none');
    expect(await everythingStored()).toBe(before);
  });

  test('with the key of another request is refused', async () => {
    const { person } = await aBoundPerson();
    const key = newRequestKey();
    await person.student('prepareUpload', { purpose: 'portrait', extension: 'jpg' }, key);
    await expectRefused('REQUEST_REPLAYED', () =>
      person.student('prepareUpload', { purpose: 'portrait', extension: 'png' }, key),
    );
  });
});
