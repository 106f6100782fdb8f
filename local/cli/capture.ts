/**
 * `npm run capture`: the main job through the deployed functions on the embedded cloud. Code picture and portrait in,
 * official photo and its record out. Refuses to judge anything itself.
 */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CODE_PICTURE_LIMITS } from '../../cloudfunctions/capture-code/read-code-picture';
import { PHOTO_LIMITS } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { type PictureLimits } from '../../cloudfunctions/picture-header/acceptable-picture';
import { type DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { isOpenid } from '../cloud/protocol/openid';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../demo/demonstration';
import { resultOf, summaryOf } from './capture/result-file';
import { type Walk, walk, type WalkInput } from './capture/walk';
import { type Command, type CommandOutput, runWhenStarted, UsageError } from './support/command';
import { demonstrationCloud, STATE_FOLDER } from './support/demonstration-cloud';
import { EXIT } from './support/exit-code';
import { naming, requireFolder, writeNamedFile } from './support/named-files';
import { readPictureFile } from './support/read-picture-file';
import { DEMONSTRATION_OPENID } from '../demo/demonstration-people';
import { studentPhone } from './support/student-phone';

const USAGE = `Takes one student through the whole way and writes the official photo.

  npm run capture -- [--code FILE --id-tail XXXX] [--photo FILE] [--out DIR] [--confirm]

  --code FILE      picture of the capture code; without it the demonstration code
  --id-tail XXXX   last four characters of the ID number; needed with --code
  --photo FILE     portrait (JPEG, PNG, WebP); without it a rendered fixture
  --out DIR        where standard.jpg and result.json go; without it .local/capture. result.json: states, verdict (each
                   check with its outcome, its severity as it was set for this photo, and its measures with value,
                   unit and range), geometry, operations, hashes, milliseconds by stage, peak memory; or the refusal
  --confirm        also say the final yes
  --identity ID    whose phone it is; without it the demonstration student's

Works on the cloud of \`npm start\` when that is running, else on one of its own.
Exit code 0 done, 2 photo refused, 3 code or identity refused, 1 anything else.`;

const BAD_IDENTITY = '--identity is 1 to 64 letters, digits, _ and -, and not digits alone.';
const FIXTURE_PORTRAIT = resolve(__dirname, '../../tests/fixtures/portraits/f1_front.jpg');

export const captureCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        code: { type: 'string' },
        'id-tail': { type: 'string' },
        photo: { type: 'string', default: FIXTURE_PORTRAIT },
        out: { type: 'string', default: join(STATE_FOLDER, 'capture') },
        identity: { type: 'string', default: DEMONSTRATION_OPENID },
        confirm: { type: 'boolean', default: false },
      },
    });
    const idTail = values['id-tail'] ?? (values.code === undefined ? DEMONSTRATION_ID_TAIL : undefined);
    if (idTail === undefined) throw new UsageError('Whose code is it? --id-tail is missing.');
    if (!isOpenid(values.identity)) throw new UsageError(BAD_IDENTITY);
    const pictures = await readPictures(values.code, values.photo);
    // Before the final yes: what was confirmed must not be lost for want of a folder.
    requireFolder(values.out);
    if ('end' in pictures) return finish(values.out, pictures, 0, output);

    const say = sayOnTerminal();
    say('cloud: building, starting');
    const cloud = await demonstrationCloud();
    try {
      const started = performance.now();
      const phone = studentPhone(cloud.client(values.identity));
      const startOver = values.code === undefined && values.identity === DEMONSTRATION_OPENID;
      const input = { ...pictures, idTail, confirm: values.confirm, startOver };
      const walked = await walk(phone, input, say);
      const milliseconds = Math.round(performance.now() - started);
      say('');
      return await finish(values.out, walked, milliseconds, output);
    } finally {
      await cloud.close();
    }
  },
};

type Pictures = Pick<WalkInput, 'codePicture' | 'portrait'>;

/**
 * Both pictures, or the refusal of one that is too large to be sent: no function would take it.
 * @throws UsageError for a file that cannot be read
 */
async function readPictures(code: string | undefined, photo: string): Promise<Pictures | Walk> {
  const codePicture =
    code === undefined ? (await demonstrationCode()).png : readOrRefusal(code, CODE_PICTURE_LIMITS);
  if (isDomainError(codePicture)) return { end: 'code-refused', error: codePicture };
  const portrait = readOrRefusal(photo, PHOTO_LIMITS);
  if (isDomainError(portrait)) return { end: 'photo-refused', error: portrait, bound: null };
  return { codePicture, portrait };
}

function readOrRefusal(path: string, limits: PictureLimits): Uint8Array | DomainError {
  try {
    return naming(path, () => readPictureFile(path, limits));
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
}

/** Writes what came of it, says so, and gives the exit code. */
async function finish(
  folder: string,
  walked: Walk,
  milliseconds: number,
  output: CommandOutput,
): Promise<number> {
  await writeOutput(folder, walked, milliseconds);
  output.out(`${summaryOf(walked)} ${resolve(folder)}`);
  return exitCodeOf(walked);
}

async function writeOutput(folder: string, walked: Walk, milliseconds: number): Promise<void> {
  // An older picture must not stand beside a newer refusal.
  rmSync(join(folder, 'standard.jpg'), { force: true });
  if ('answer' in walked && walked.answer.standardLink !== null) {
    const response = await fetch(walked.answer.standardLink.url);
    if (!response.ok) throw new Error(`the finished photo could not be read: HTTP ${response.status}`);
    writeNamedFile(join(folder, 'standard.jpg'), new Uint8Array(await response.arrayBuffer()));
  }
  writeNamedFile(
    join(folder, 'result.json'),
    `${JSON.stringify(await resultOf(walked, milliseconds), null, 2)}\n`,
  );
}

function exitCodeOf(walked: Walk): number {
  switch (walked.end) {
    case 'code-refused':
      return EXIT.codeOrIdentityRefused;
    case 'photo-refused':
    case 'photo-blocked':
      return EXIT.photoRefused;
    case 'developed':
    case 'confirmed':
      return EXIT.done;
  }
}

/** One line that is overwritten, on a terminal only. */
function sayOnTerminal(): (step: string) => void {
  const { stderr } = process;
  return (step) => {
    if (stderr.isTTY) stderr.write(`\r\x1b[2K${step}`);
  };
}

runWhenStarted(captureCommand, __filename);
