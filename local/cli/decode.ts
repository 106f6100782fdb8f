/**
 * `npm run decode`: which codes are in these pictures? Reads only; resolves, binds and sends nothing.
 * A file that cannot be read is a row like any other.
 */
import { parseArgs } from 'node:util';
import { type CodeInPicture } from '../../cloudfunctions/capture-code/code-in-picture';
import { payloadText } from '../../cloudfunctions/capture-code/payload';
import {
  CODE_PICTURE_LIMITS,
  type ReadingOptions,
  readFirstCodes,
} from '../../cloudfunctions/capture-code/read-code-picture';
import { loadWechatEngine } from '../../cloudfunctions/capture-code/wechat-engine';
import { isDomainError } from '../../miniprogram/shared/errors';
import { type Command, runWhenStarted, UsageError } from './support/command';
import { openCsv } from './support/csv-file';
import { EXIT } from './support/exit-code';
import { isFileError } from './support/named-files';
import { pictureFiles } from './support/picture-files';
import { readPictureFile } from './support/read-picture-file';
import { startProgress } from './support/progress';

const USAGE = `Reads the QR codes in pictures and lists them, one row for each file.

  npm run decode -- FILE_OR_FOLDER … --csv FILE [--as-deployed]

  --csv FILE      where the table goes
  --as-deployed   as the deployed function reads by default: without the second engine, which takes
                  0.3 s and 190 MB more where nothing was found

Columns: file, outcome (found, none, refused), texts (separated by ;), payloads (base64, separated by ;),
milliseconds. A payload that is no text in UTF-8 or GB 18030 has an empty text.

Exit code 0 when every file got its row, also when pictures were refused; 1 when the command itself failed.`;

const COLUMNS = ['file', 'outcome', 'texts', 'payloads', 'milliseconds'] as const;

export interface DecodedPicture {
  readonly outcome: 'found' | 'none' | 'refused';
  readonly codes: readonly CodeInPicture[];
  readonly milliseconds: number;
}

/** Never throws for what is in the file; only a bug of ours gets out. */
export async function decodePicture(path: string, options: ReadingOptions): Promise<DecodedPicture> {
  const started = performance.now();
  const finish = (outcome: DecodedPicture['outcome'], codes: readonly CodeInPicture[] = []) => ({
    outcome,
    codes,
    milliseconds: Math.round(performance.now() - started),
  });
  try {
    const codes = await readFirstCodes(readPictureFile(path, CODE_PICTURE_LIMITS), options);
    return codes.length > 0 ? finish('found', codes) : finish('none');
  } catch (error) {
    if (isDomainError(error) || isFileError(error)) return finish('refused');
    throw error;
  }
}

export const decodeCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { csv: { type: 'string' }, 'as-deployed': { type: 'boolean', default: false } },
    });
    if (positionals.length === 0) throw new UsageError('Which files or folders?');
    if (values.csv === undefined) throw new UsageError('Where does the table go? --csv is missing.');
    const files = pictureFiles(positionals);
    const csv = openCsv(values.csv, COLUMNS);
    const progress = startProgress(files.length);
    const options = values['as-deployed'] ? {} : { lastEngine: loadWechatEngine };
    const counts = { found: 0, none: 0, refused: 0 };
    for (const file of files) {
      const { outcome, codes, milliseconds } = await decodePicture(file, options);
      csv.write({ file, outcome, texts: texts(codes), payloads: payloads(codes), milliseconds });
      counts[outcome]++;
      progress.step(file);
    }
    progress.end();
    csv.close();
    const { found, none, refused } = counts;
    output.out(
      `${files.length} files: found ${found}, none ${none}, refused ${refused}. Table: ${values.csv}`,
    );
    return EXIT.done;
  },
};

function texts(codes: readonly CodeInPicture[]): string {
  return codes.map(({ payload }) => printable(payloadText(payload).text ?? '')).join(';');
}

function payloads(codes: readonly CodeInPicture[]): string {
  return codes.map(({ payload }) => Buffer.from(payload).toString('base64')).join(';');
}

/** Control characters as their pictures (U+2400 …), because few programs take a NUL in a table; line ends stay. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (control) =>
    String.fromCharCode(0x2400 + control.charCodeAt(0)),
  );
}

runWhenStarted(decodeCommand, __filename);
