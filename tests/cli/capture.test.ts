/** The way that `npm run capture` walks, on the embedded cloud with the bundled functions. */
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collection } from '../../cloudfunctions/platform/database';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { captureCommand } from '../../local/cli/capture';
import { resultOf, summaryOf } from '../../local/cli/capture/result-file';
import { walk, type WalkInput } from '../../local/cli/capture/walk';
import { runCommand } from '../../local/cli/support/command';
import { studentPhone } from '../../local/cli/support/student-phone';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../../local/demo/demonstration';
import { DEMONSTRATION_OPENID } from '../../local/demo/demonstration-people';
import { seedDemonstration } from '../../local/demo/seed-demonstration';
import { type CheckSettings } from '../../miniprogram/shared/batch/check-settings';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { type CheckOverride } from '../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { type Severity } from '../../miniprogram/shared/verdict/verdict';
import { recordedOutput } from '../support/recorded-output';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

/** As an operator may set it: beyond .1 the photo must be retaken. */
const SHINE_BLOCKS: CheckOverride = {
  severity: 'block',
  measures: { share: { tolerated: { max: 0.1 }, evidence: 'test' } },
};
const PORTRAITS = join(__dirname, '../fixtures/portraits');

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
  await seedDemonstration(testCloud.cloud);
});
afterAll(() => testCloud.close());

async function walkWith(changes: Partial<WalkInput>) {
  const input: WalkInput = {
    codePicture: (await demonstrationCode()).png,
    idTail: DEMONSTRATION_ID_TAIL,
    portrait: readFileSync(join(PORTRAITS, 'f1_front.jpg')),
    confirm: true,
    startOver: true,
    ...changes,
  };
  return walk(studentPhone(testCloud.cloud.client(DEMONSTRATION_OPENID)), input, () => undefined);
}

test('the demonstration can be walked again, and nobody else loses a confirmed photo by it', async () => {
  expect((await walkWith({})).end).toBe('confirmed');
  expect((await walkWith({})).end).toBe('confirmed');

  const refused = await walkWith({ startOver: false });
  expect(refused).toMatchObject({ end: 'photo-refused', error: { code: 'SUBMISSION_STATE' } });
  expect(summaryOf(refused)).toContain('--identity');
});

test('a wrong tail, an unreadable code and a bad photo end at their own part of the way', async () => {
  expect(await walkWith({ idTail: '0000' })).toMatchObject({
    end: 'code-refused',
    error: { code: 'CODE_ID_TAIL_WRONG' },
  });
  const portrait = readFileSync(join(PORTRAITS, 'm1_mouthopen.jpg'));
  expect(await walkWith({ codePicture: portrait })).toMatchObject({
    end: 'code-refused',
    error: { code: 'CODE_NOT_FOUND_IN_PICTURE' },
  });
  expect((await walkWith({ portrait })).end).toBe('photo-blocked');
});

test.each<[string, readonly string[], RegExp]>([
  ['a folder as photo', ['--photo', PORTRAITS], /portraits is a folder/],
  ['a photo that is not there', ['--photo', 'nope.jpg'], /^nope\.jpg does not exist/],
  ['a file to write into', ['--confirm', '--out', __filename], /capture\.test\.ts is a file/],
  ['a code without its tail', ['--code', 'code.png'], /--id-tail is missing/],
  ['no identity', ['--identity', ''], /--identity is 1 to 64 letters/],
  [
    'an identity of digits, which the cloud refuses',
    ['--identity', '12345'],
    /--identity is 1 to 64 letters/,
  ],
  ['an identity with a blank', ['--identity', 'a student'], /--identity is 1 to 64 letters/],
])('%s: said before anything is started or confirmed', async (_, args, message) => {
  const output = recordedOutput();
  const folder = mkdtempSync(join(tmpdir(), 'capture-test-'));
  expect(await runCommand(captureCommand, ['--out', folder, ...args], output)).toBe(1);
  rmSync(folder, { recursive: true });
  expect(output.errors.join('\n')).toMatch(message);
});

test.each([
  ['photo', (file: string) => ['--photo', file], 2, 'photo-refused'],
  ['code', (file: string) => ['--code', file, '--id-tail', '0000'], 3, 'code-refused'],
])(
  'a %s larger than its function takes is refused before it is read or sent',
  async (_, args, exitCode, end) => {
    const folder = mkdtempSync(join(tmpdir(), 'capture-test-'));
    const film = join(folder, 'film.mov');
    writeFileSync(film, '');
    truncateSync(film, 3 * 1024 ** 3);
    writeFileSync(join(folder, 'standard.jpg'), 'of an earlier run');
    const output = recordedOutput();
    expect(await runCommand(captureCommand, ['--out', folder, ...args(film)], output)).toBe(exitCode);
    expect(output.lines.join()).toContain('IMAGE_TOO_LARGE_BYTES');
    const result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as unknown;
    expect(result).toMatchObject({ end, refusal: { code: 'IMAGE_TOO_LARGE_BYTES' }, states: [] });
    expect(existsSync(join(folder, 'standard.jpg'))).toBe(false);
    rmSync(folder, { recursive: true });
  },
);

test('the result says how severe each check was for this photo', async () => {
  const walked = await walkWith({});
  if (!('answer' in walked)) throw new Error('no verdict');
  const severities = async () => {
    const { verdict } = (await resultOf(walked, 0)) as {
      readonly verdict: { readonly checks: readonly { readonly id: CheckId; readonly severity: Severity }[] };
    };
    return Object.fromEntries(verdict.checks.map(({ id, severity }) => [id, severity]));
  };
  expect(await severities()).toEqual(
    Object.fromEntries(CHECK_IDS.map((id) => [id, CHECK_RULES[id].severity])),
  );
  const checkSettings: CheckSettings = { onlyWarn: ['sharp'], overrides: { 'no-shine': SHINE_BLOCKS } };
  await collection<PhotoDocument>('photos').update(walked.answer.photo.id, { checkSettings });
  expect(await severities()).toMatchObject({ sharp: 'warn', 'no-shine': 'block', 'even-light': 'block' });
});
