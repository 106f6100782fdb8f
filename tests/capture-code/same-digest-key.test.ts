import { DigestKey } from '../../cloudfunctions/capture-code/keyed-digest';
import {
  requireKeptDigestKey,
  requireStudentsDigestKey,
} from '../../cloudfunctions/capture-code/same-digest-key';
import { SettingError } from '../../cloudfunctions/platform/setting-error';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { demonstrationEnvironment } from '../../local/demo/demonstration';
import { aCode, asPayload, RIGHT_TAIL } from '../support/code-builder';
import { aCall, later } from '../support/call-builder';
import { staffOn, storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

const OTHER_KEY = Buffer.alloc(32, 'another').toString('base64');
const aKey = (fill: number): DigestKey => new DigestKey(Buffer.alloc(32, fill));
const YEARS = 10 * 365 * 24 * 3600;

let testCloud: TestCloud;
afterEach(() => testCloud.close());

describe('the key of an environment', () => {
  beforeEach(async () => {
    testCloud = await startTestCloud();
  });

  const WRONG_KEY = new SettingError('CAPTURE_CODE_DIGEST_KEY');

  test('is the first one that a student meets, and every other is refused, years later too', async () => {
    await requireKeptDigestKey(aKey(1));
    await runRetention(later(aCall(), YEARS), { dryRun: false });
    for (const require of [requireKeptDigestKey, requireStudentsDigestKey]) {
      await expect(require(aKey(1))).resolves.toBeUndefined();
      await expect(require(aKey(2))).rejects.toEqual(WRONG_KEY);
    }
  });

  test('is never the staff’s, whoever comes first', async () => {
    const staffs = aKey(2);
    await expect(requireStudentsDigestKey(staffs)).resolves.toBeUndefined();
    await expect(requireKeptDigestKey(aKey(1))).resolves.toBeUndefined();
    await expect(requireStudentsDigestKey(staffs)).rejects.toEqual(WRONG_KEY);
  });

  test('is one, of two that begin at the same moment', async () => {
    const outcomes = await Promise.allSettled([1, 2].map((fill) => requireKeptDigestKey(aKey(fill))));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

/** The functions with these settings beside the demonstration's; a batch of its school, and somebody of the school. */
async function aSchoolWhere(variablesOf: (functionName: string) => Readonly<Record<string, string>>) {
  testCloud = await startTestCloud({
    environment: (name) => ({ ...demonstrationEnvironment(), ...variablesOf(name) }),
  });
  const batch = await storedBatch({ cohorts: [{ year: '2021' }] });
  const { openid } = await storedMember({ role: 'school', schoolCode: '99999' });
  const school = staffOn(testCloud.cloud, openid);
  const lastError = () =>
    (JSON.parse(testCloud.cloud.logs().at(-1)!.text) as { error?: { message: string } }).error?.message;
  return { school, batch, lastError };
}

const ANSWERS_INTERNAL = { ok: false, code: 'INTERNAL' };

test('a station is refused where the students’ function has another key, instead of photographing a stranger', async () => {
  const { school, lastError } = await aSchoolWhere((name) =>
    name === 'operator' ? { CAPTURE_CODE_DIGEST_KEY: OTHER_KEY } : {},
  );
  const student = testCloud.person();
  await student.agree();
  const code = asPayload(aCode());
  await student.student('resolveCode', { code, idTail: RIGHT_TAIL });
  const { payloadBase64 } = code as { payloadBase64: string };
  await expect(
    school.send('operator', 'stationResolve', { payloadBase64, idTail: RIGHT_TAIL }, 'request-1'),
  ).resolves.toMatchObject(ANSWERS_INTERNAL);
  expect(lastError()).toBe('the setting CAPTURE_CODE_DIGEST_KEY is missing or wrong');
});

test('a binding is released by the key alone, where no code can be resolved', async () => {
  const { school, batch, lastError } = await aSchoolWhere(() => ({ CAPTURE_CODE_SCHOOL_KEYS: '' }));
  const request = { batchId: batch.id, studentNumber: '202100000001' };
  await expect(school.send('operator', 'releaseBinding', request, 'request-1')).resolves.toMatchObject({
    code: 'NOT_FOUND',
  });
  const scanned = { payloadBase64: Buffer.from(aCode()).toString('base64'), idTail: RIGHT_TAIL };
  await expect(school.send('operator', 'stationResolve', scanned, 'request-2')).resolves.toMatchObject(
    ANSWERS_INTERNAL,
  );
  expect(lastError()).toBe(
    'the setting CAPTURE_CODE_SCHOOL_KEYS or CAPTURE_CODE_GATEWAY_URL is missing or wrong',
  );
});
