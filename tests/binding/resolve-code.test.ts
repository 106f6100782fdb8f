import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { resolveCode } from '../../cloudfunctions/capture-code/binding/resolve-code';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection, command } from '../../cloudfunctions/platform/database';
import { downloadBytes, FileMissingError } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { type CodeSource } from '../../miniprogram/shared/contract/student';
import { type ErrorCode } from '../../miniprogram/shared/errors';
import { type UploadId } from '../../miniprogram/shared/identity/ids';
import { daysFromNow } from '../support/batch-builder';
import { aCall, withKey } from '../support/call-builder';
import {
  aCode,
  anUnreadablePicture,
  asPayload,
  asPicture,
  captureCodesForTests,
  resolved,
  RIGHT_TAIL,
  WRONG_TAIL,
} from '../support/code-builder';
import { refusalOf } from '../support/refusal';
import { aSchoolKey, aSignedCode } from '../support/signed-code-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { refused, RESOLVED, startStubGateway, STUB_STUDENT } from '../support/stub-gateway';
import { agree, anUpload, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
  await storedBatch({ cohorts: [{ year: '2021' }] });
  await storedBatch({ cohorts: [{ year: '2022' }], opensAt: daysFromNow(3) });
  await storedBatch({ cohorts: [{ year: '2020' }], closesAt: daysFromNow(-3) });
  await storedBatch({ cohorts: [{ year: '2023' }], rosterRequired: true });
});
afterAll(() => testCloud.close());

const codes = captureCodesForTests();

async function aStudent(): Promise<Call> {
  const call = aCall();
  await agree(call);
  return call;
}

const resolve = (call: Call, code: CodeSource, idTail = RIGHT_TAIL) =>
  resolveCode(call, { code, idTail }, codes);
const refusal = (call: Call, code: CodeSource, idTail?: string) => refusalOf(resolve(call, code, idTail));

async function isDeleted(source: CodeSource): Promise<boolean> {
  if (source.kind !== 'picture') throw new Error('only pictures are deleted');
  return downloadBytes(source.fileId, 1_000_000).then(
    () => false,
    (error: unknown) => error instanceof FileMissingError,
  );
}

describe('a code that resolves', () => {
  test('shows whose it is, masked, and the batch, for a quarter of an hour', async () => {
    const call = await aStudent();
    const resolution = await resolve(call, asPayload(aCode({ studentNumber: '202105130123' })));
    expect(resolution).toMatchObject({
      student: {
        schoolCode: '99999',
        maskedName: '张*三',
        maskedStudentNumber: '2021****0123',
        year: '2021',
      },
      batch: { schoolName: '示范大学' },
      alreadyMine: false,
    });
    expect(Date.parse(resolution.expiresAt) - Date.parse(call.now)).toBe(15 * 60_000);
    expect(JSON.stringify(resolution)).not.toContain('202105130123');
  });

  test('binds nothing and keeps neither payload nor tail', async () => {
    const call = await aStudent();
    const code = aCode();
    const { id } = await resolve(call, asPayload(code));
    expect(await collection('bindings').count({ openid: call.openid })).toBe(0);
    const stored = JSON.stringify(await collection('resolutions').get(id));
    expect(stored).not.toContain(Buffer.from(code).toString('ascii').slice(0, 40));
    expect(stored).not.toContain(RIGHT_TAIL);
  });

  test('may come as a picture, which is deleted then and counts once', async () => {
    const call = await aStudent();
    const picture = await asPicture(call, aCode());
    expect((await resolve(call, picture)).student.maskedName).toBe('张*三');
    expect(await isDeleted(picture)).toBe(true);
    await expect(resolve(call, picture)).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
      details: { reason: 'used' },
    });
  });

  test('is found beside codes that are none, and beside a neighbour, whose count stays as it was', async () => {
    const call = await aStudent();
    const neighbours = aCode({}, '440524188001010014');
    const advertisement = Buffer.from('https://example.com/buy');
    const picture = await asPicture(call, advertisement, neighbours, aCode({ maskedName: '李*' }));
    expect((await resolve(call, picture)).student.maskedName).toBe('李*');
    const neighbour = await aStudent();
    await expect(resolve(neighbour, asPayload(neighbours), WRONG_TAIL)).rejects.toMatchObject({
      details: { triesLeft: 4 },
    });
    // The wrong try just made, on its person and on its code; the right one left none.
    expect(await collection('code_locks').count({ tries: command().exists(true) })).toBe(2);
  });

  test('sent again with the same key gives the same resolution', async () => {
    const call = withKey(await aStudent());
    const picture = await asPicture(call, aCode());
    const first = await resolve(call, picture);
    expect(await resolve(call, picture)).toEqual(first);
  });

  test('leads who has bound it to the own submission while that batch is open, whatever opens beside it', async () => {
    const call = await aStudent();
    const batch = await storedBatch({ cohorts: [{ year: '2015' }], closesAt: daysFromNow(20) });
    const code = aCode({ year: '2015' });
    const mine = await bindCode(call, { resolutionId: (await resolved(call, code)).id });
    const beside = await storedBatch({ cohorts: [{ year: '2015' }], closesAt: daysFromNow(5) });
    const again = await resolved(call, code);
    expect(again).toMatchObject({ alreadyMine: true, batch: { id: batch.id } });
    expect((await bindCode(call, { resolutionId: again.id })).id).toBe(mine.id);
    await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
    expect(await resolved(call, code)).toMatchObject({ alreadyMine: false, batch: { id: beside.id } });
  });

  test('tells who has bound it already that this only opens it, also after the deadline', async () => {
    const call = await aStudent();
    const batch = await storedBatch({ cohorts: [{ year: '2017' }] });
    const code = aCode({ year: '2017' });
    await bindCode(call, { resolutionId: (await resolved(call, code)).id });
    await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
    expect(await resolve(call, asPayload(code))).toMatchObject({
      alreadyMine: true,
      batch: { id: batch.id },
    });
  });
});

describe('beside a batch for listed students, such as one for 补拍, a code', () => {
  test('leads who is done and not listed to the own photo', async () => {
    const call = await aStudent();
    const batch = await storedBatch({ cohorts: [{ year: '2014' }] });
    const code = aCode({ year: '2014' });
    await bindCode(call, { resolutionId: (await resolved(call, code)).id });
    await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
    await storedBatch({ cohorts: [{ year: '2014' }], rosterRequired: true });
    expect(await resolve(call, asPayload(code))).toMatchObject({
      alreadyMine: true,
      batch: { id: batch.id },
    });
    expect(await refusal(await aStudent(), asPayload(aCode({ year: '2014' })))).toBe('NOT_ON_ROSTER');
  });
});

describe('a code that does not', () => {
  const stranger = aSchoolKey();
  test.each<[string, Uint8Array, ErrorCode]>([
    ['is none of ours', Buffer.from('https://example.com'), 'CODE_NOT_RECOGNISED'],
    ['was signed with a key that nobody knows', aSignedCode(stranger), 'CODE_NOT_RECOGNISED'],
    ['was signed by one school for another', aCode({ schoolCode: '88888' }), 'CODE_FORGED'],
    ['has expired', aCode({ expiresAt: new Date('2020-01-01T00:00:00Z') }), 'CODE_EXPIRED'],
    ['belongs to a cohort that no batch takes', aCode({ year: '2010' }), 'COHORT_NOT_ELIGIBLE'],
    ['belongs to a batch that opens later', aCode({ year: '2022' }), 'BATCH_NOT_OPEN'],
    ['belongs to a batch that is over', aCode({ year: '2020' }), 'BATCH_CLOSED'],
    ['is missing in the roster of its batch', aCode({ year: '2023' }), 'NOT_ON_ROSTER'],
  ])('because it %s', async (_, code, expected) => {
    expect(await refusal(await aStudent(), asPayload(code))).toBe(expected);
  });

  test('loses its picture too, whether the code or the batch was the reason', async () => {
    const call = await aStudent();
    for (const [code, expected] of [
      [aCode({ schoolCode: '88888' }), 'CODE_FORGED'],
      [aCode({ year: '2020' }), 'BATCH_CLOSED'],
    ] as const) {
      const picture = await asPicture(call, code);
      expect(await refusal(call, picture)).toBe(expected);
      expect(await isDeleted(picture)).toBe(true);
    }
  });

  test('because the picture shows two students', async () => {
    const call = await aStudent();
    const picture = await asPicture(call, aCode(), aCode());
    expect(await refusal(call, picture)).toBe('CODE_SEVERAL_MATCH');
    expect(await isDeleted(picture)).toBe(true);
  });

  test('because there is no code in the picture, or no picture in the file', async () => {
    const call = await aStudent();
    expect(await refusal(call, await anUnreadablePicture(call))).toBe('CODE_NOT_FOUND_IN_PICTURE');
    const text = await anUpload(call, Buffer.from('no picture at all'), 'code-picture');
    expect(await refusal(call, { kind: 'picture', ...text })).toBe('IMAGE_FORMAT_UNSUPPORTED');
    expect(await isDeleted({ kind: 'picture', ...text })).toBe(true);
  });

  test('because the tail is no tail: not counted as a try', async () => {
    const call = await aStudent();
    const code = asPayload(aCode());
    expect(await refusal(call, code, '12')).toBe('INVALID_REQUEST');
    await expect(resolve(call, code, WRONG_TAIL)).rejects.toMatchObject({ details: { triesLeft: 4 } });
  });

  test('because nobody agreed to anything', async () => {
    const call = await aStudent();
    await withdrawConsent(call);
    expect(await refusal(call, asPayload(aCode()))).toBe('CONSENT_REQUIRED');
  });

  test("because the picture is somebody else's, a portrait, or was never uploaded", async () => {
    const call = await aStudent();
    const theirs = await asPicture(await aStudent(), aCode());
    expect(await refusal(call, theirs)).toBe('UPLOAD_MISSING');
    expect(await isDeleted(theirs)).toBe(false);
    const portrait = await anUpload(call);
    expect(await refusal(call, { kind: 'picture', ...portrait })).toBe('UPLOAD_MISSING');
    // A ticket that counted as used would be kept for a photo that never comes.
    expect(await collection<UploadTicketDocument>('uploads').get(portrait.uploadId)).toMatchObject({
      usedAt: null,
    });
    expect(await isDeleted({ kind: 'picture', ...portrait })).toBe(false);
    expect(await refusal(call, { kind: 'picture', ...portrait, uploadId: newId() as UploadId })).toBe(
      'UPLOAD_MISSING',
    );
  });

  test.each(['code-picture', 'portrait'] as const)(
    "because the ticket is one's own and the file is somebody else's %s, which stays",
    async (purpose) => {
      const call = await aStudent();
      const mine = await anUpload(call, Buffer.from('a picture'), 'code-picture');
      const { fileId } = await anUpload(await aStudent(), Buffer.from('a picture'), purpose);
      const picture = { ...mine, kind: 'picture', fileId } as const;
      expect(await refusal(call, picture)).toBe('UPLOAD_MISSING');
      expect(await isDeleted(picture)).toBe(false);
    },
  );

  test('because another person bound it', async () => {
    const owner = await aStudent();
    const code = aCode();
    await bindCode(owner, { resolutionId: (await resolved(owner, code)).id });
    const asking = resolve(await aStudent(), asPayload(code));
    // The number of that school, for "please call at once".
    await expect(asking).rejects.toMatchObject({
      code: 'CODE_ALREADY_BOUND',
      details: { telephone: expect.stringMatching(/\d/) as string },
    });
  });
});

test('a student on the roster is placed with the station that looks after this student', async () => {
  const batch = await storedBatch({ cohorts: [{ year: '2016' }], rosterRequired: true });
  const line = {
    batchId: batch.id,
    version: 1,
    studentNumber: 'A-1',
    stationId: 'station-7',
    className: '1 班',
  };
  await collection('roster').insert({ _id: newId(), ...line });
  const call = await aStudent();
  await collection('batches').update(batch.id, { roster: { version: 1, students: 1, importedAt: call.now } });
  const code = aCode({ year: '2016', studentNumber: 'A-1' });
  const { id } = await bindCode(call, { resolutionId: (await resolved(call, code)).id });
  expect(await collection('submissions').get(id)).toMatchObject({
    listed: true,
    stationId: 'station-7',
    className: '1 班',
  });
});

describe('a wrong tail', () => {
  test('counts down, locks for a while, and the right one does not help then', async () => {
    const call = await aStudent();
    const code = asPayload(aCode());
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      await expect(resolve(call, code, WRONG_TAIL)).rejects.toMatchObject({
        code: 'CODE_ID_TAIL_WRONG',
        details: { triesLeft },
      });
    }
    await expect(resolve(call, code, RIGHT_TAIL)).rejects.toMatchObject({ code: 'CODE_LOCKED' });
  });

  test('keeps the picture, so that it need not be uploaded again', async () => {
    const call = await aStudent();
    const picture = await asPicture(call, aCode());
    expect(await refusal(call, picture, WRONG_TAIL)).toBe('CODE_ID_TAIL_WRONG');
    expect(await refusal(call, picture)).toBe('none');
  });

  test('sent again with the same key is one wrong try, with the same answer', async () => {
    const call = withKey(await aStudent());
    const code = asPayload(aCode());
    for (let copy = 0; copy < 3; copy += 1) {
      await expect(resolve(call, code, WRONG_TAIL)).rejects.toMatchObject({ details: { triesLeft: 4 } });
    }
    await expect(resolve(withKey(call), code, WRONG_TAIL)).rejects.toMatchObject({
      details: { triesLeft: 3 },
    });
  });
});

describe('with the gateway', () => {
  const opaque = asPayload(Buffer.from([0xd0, 0x9f, 0x00, 0xff, 0x10]));

  test('an opaque payload is resolved by the service, and its troubles have codes of their own', async () => {
    const gateway = await startStubGateway();
    try {
      const withGateway = captureCodesForTests({
        CAPTURE_CODE_GATEWAY_URL: gateway.url.href,
        CAPTURE_CODE_GATEWAY_KEY_ID: 'test',
        CAPTURE_CODE_GATEWAY_SECRET: Buffer.alloc(32, 1).toString('base64'),
      });
      await storedBatch({ schoolCode: STUB_STUDENT.schoolCode });
      const call = await aStudent();
      const ask = () => resolveCode(call, { code: opaque, idTail: '0123' }, withGateway);

      gateway.behave(refused('id-tail-wrong'));
      await expect(ask()).rejects.toMatchObject({ code: 'CODE_ID_TAIL_WRONG', details: { triesLeft: 4 } });
      gateway.behave({ kind: 'status', status: 503 });
      expect(await refusalOf(ask())).toBe('CODE_SERVICE_UNAVAILABLE');
      gateway.behave({ kind: 'body', body: 'nonsense' });
      expect(await refusalOf(ask())).toBe('CODE_SERVICE_REFUSED');
      gateway.behave(RESOLVED);
      expect((await ask()).student.maskedName).toBe(STUB_STUDENT.maskedName);
    } finally {
      await gateway.close();
    }
  });

  async function codesWhoseServiceIsDown() {
    const gateway = await startStubGateway();
    await gateway.close();
    return captureCodesForTests({
      CAPTURE_CODE_GATEWAY_URL: gateway.url.href,
      CAPTURE_CODE_GATEWAY_KEY_ID: 'test',
      CAPTURE_CODE_GATEWAY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    });
  }

  test('a service that is down stands in no way of a signed code beside an opaque one', async () => {
    const down = await codesWhoseServiceIsDown();
    const call = await aStudent();
    const picture = await asPicture(call, Buffer.from('opaque'), aCode());
    expect(await refusalOf(resolveCode(call, { code: picture, idTail: RIGHT_TAIL }, down))).toBe('none');
  });

  test('a service that is down keeps the picture and costs no try', async () => {
    const down = await codesWhoseServiceIsDown();
    const call = await aStudent();
    const picture = await asPicture(call, Buffer.from('opaque'));
    expect(await refusalOf(resolveCode(call, { code: picture, idTail: '0123' }, down))).toBe(
      'CODE_SERVICE_UNAVAILABLE',
    );
    expect(await isDeleted(picture)).toBe(false);
    const before = await collection<UploadTicketDocument>('uploads').findOne({ openid: call.openid });
    expect(before).toMatchObject({ usedAt: null });
  });
});
