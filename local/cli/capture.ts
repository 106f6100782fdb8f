/**
 * `npm run capture`: the main job through the deployed functions on the embedded cloud. Code picture and portrait in,
 * official photo and its record out. Refuses to judge anything itself.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../demo/demonstration';
import { resultOf, summaryOf } from './capture/result-file';
import { type Walk, walk } from './capture/walk';
import { type Command, runWhenStarted, UsageError } from './support/command';
import { demonstrationCloud, STATE_FOLDER } from './support/demonstration-cloud';
import { EXIT } from './support/exit-code';
import { readNamedFile, requireFolder } from './support/named-files';
import { DEMONSTRATION_OPENID } from '../demo/demonstration-people';
import { studentPhone } from './support/student-phone';

const USAGE = `Takes one student through the whole way and writes the official photo.

  npm run capture -- [--code FILE --id-tail XXXX] [--photo FILE] [--out DIR] [--confirm]

  --code FILE      picture of the capture code; without it the demonstration code
  --id-tail XXXX   last four characters of the ID number; needed with --code
  --photo FILE     portrait (JPEG, PNG, WebP); without it a rendered fixture
  --out DIR        where standard.jpg and result.json go; without it .local/capture
  --confirm        also say the final yes
  --identity ID    whose phone it is; without it the demonstration student's

Works on the cloud of \`npm start\` when that is running, else on one of its own.
Exit code 0 done, 2 photo refused, 3 code or identity refused, 1 anything else.`;

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
    const codePicture =
      values.code === undefined ? (await demonstrationCode()).png : readNamedFile(values.code);
    const portrait = readNamedFile(values.photo);
    // Before the final yes: what was confirmed must not be lost for want of a folder.
    requireFolder(values.out);

    const say = sayOnTerminal();
    say('cloud: building, starting');
    const cloud = await demonstrationCloud();
    try {
      const started = performance.now();
      const phone = studentPhone(cloud.client(values.identity));
      const startOver = values.code === undefined && values.identity === DEMONSTRATION_OPENID;
      const input = { codePicture, idTail, portrait, confirm: values.confirm, startOver };
      const walked = await walk(phone, input, say);
      const milliseconds = Math.round(performance.now() - started);
      say('');
      await writeOutput(values.out, walked, milliseconds);
      output.out(`${summaryOf(walked)} ${resolve(values.out)}`);
      return exitCodeOf(walked);
    } finally {
      await cloud.close();
    }
  },
};

async function writeOutput(folder: string, walked: Walk, milliseconds: number): Promise<void> {
  // An older picture must not stand beside a newer refusal.
  rmSync(join(folder, 'standard.jpg'), { force: true });
  if ('answer' in walked && walked.answer.standardLink !== null) {
    const response = await fetch(walked.answer.standardLink.url);
    if (!response.ok) throw new Error(`the finished photo could not be read: HTTP ${response.status}`);
    writeFileSync(join(folder, 'standard.jpg'), new Uint8Array(await response.arrayBuffer()));
  }
  writeFileSync(
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
