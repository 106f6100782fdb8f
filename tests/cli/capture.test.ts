/** The way that `npm run capture` walks, on the embedded cloud with the bundled functions. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureCommand } from '../../local/cli/capture';
import { summaryOf } from '../../local/cli/capture/result-file';
import { walk, type WalkInput } from '../../local/cli/capture/walk';
import { runCommand } from '../../local/cli/support/command';
import { studentPhone } from '../../local/cli/support/student-phone';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../../local/demo/demonstration';
import { DEMONSTRATION_OPENID } from '../../local/demo/demonstration-people';
import { seedDemonstration } from '../../local/demo/seed-demonstration';
import { recordedOutput } from '../support/recorded-output';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

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
])('%s: said before anything is started or confirmed', async (_, args, message) => {
  const output = recordedOutput();
  const folder = mkdtempSync(join(tmpdir(), 'capture-test-'));
  expect(await runCommand(captureCommand, ['--out', folder, ...args], output)).toBe(1);
  rmSync(folder, { recursive: true });
  expect(output.errors.join('\n')).toMatch(message);
});
