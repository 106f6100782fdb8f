/**
 * `npm run assess`: judges any number of photos with the engine, one CSV row each, and never stops at a bad file.
 * Reads pictures and writes one table; refuses to store, upload or change anything.
 */
import { parseArgs } from 'node:util';
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { OFIQ_MEASURES } from '../../cloudfunctions/photo-engine/ofiq/ofiq-measures';
import { isDomainError } from '../../miniprogram/shared/errors';
import { NotSettings, readSettingsFile, settingsText } from './support/settings-file';
import { type AssessColumn, type AssessRow, assessColumns, type RowOptions } from './assess/assess-row';
import { assessInParallel } from './assess/assess-in-parallel';
import { type Command, runWhenStarted, UsageError } from './support/command';
import { openCsv } from './support/csv-file';
import { EXIT } from './support/exit-code';
import { fileProblem, isFileError } from './support/named-files';
import { pictureFiles } from './support/picture-files';
import { startProgress } from './support/progress';
import { wholeNumber } from './support/whole-number';

const USAGE = `Judges photos, one row each.

  npm run assess -- FILE_OR_FOLDER … --csv FILE [--ofiq] [--settings FILE] [--jobs N]

  --csv FILE   where the table goes; columns: file, outcome (passed, warned, blocked, refused), reasons (ids
               separated by ;), then per check <id> (native value) and <id>.outcome: ${CHECK_IDS.join(', ')}
  --ofiq       also ofiq_<Measure> (0-100, as BSI's OFIQ maps them): ${OFIQ_MEASURES.join(', ')}
  --settings FILE   judges by the check-settings.json that npm run tune writes; a column "settings" says what is set
  --jobs N     processes, default 1

A photo that gives no verdict is refused, for one of the functions' codes, FILE_UNREADABLE for a file that cannot be
read, or INTERNAL:<error> for a bug of ours.
Exit code 0 when every file got its row, also when photos were refused; 1 when the command itself failed.`;

export const assessCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        csv: { type: 'string' },
        ofiq: { type: 'boolean', default: false },
        settings: { type: 'string' },
        jobs: { type: 'string', default: '1' },
      },
    });
    const jobs = wholeNumber('jobs', values.jobs);
    if (positionals.length === 0) throw new UsageError('Which files or folders?');
    if (values.csv === undefined) throw new UsageError('Where does the table go? --csv is missing.');
    const files = pictureFiles(positionals);
    const options: RowOptions = {
      ofiq: values.ofiq,
      ...(values.settings !== undefined && { settings: rowSettings(values.settings) }),
    };
    const csv = openCsv<AssessColumn>(values.csv, assessColumns(options));
    const progress = startProgress(files.length);
    const counts = new Map<string, number>();
    await assessInParallel(files, { jobs, row: options }, (row: AssessRow) => {
      csv.write(row);
      counts.set(String(row.outcome), (counts.get(String(row.outcome)) ?? 0) + 1);
      progress.step(String(row.file));
    });
    progress.end();
    csv.close();
    const summary = [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
    output.out(`${files.length} files: ${summary || 'nothing to assess'}. Table: ${values.csv}`);
    return EXIT.done;
  },
};

/** @throws UsageError for another file, or for settings that the photo standard does not leave open */
function rowSettings(path: string): NonNullable<RowOptions['settings']> {
  try {
    const settings = readSettingsFile(path);
    return { overrides: settings.overrides, text: settingsText(settings) };
  } catch (error) {
    if (error instanceof NotSettings) throw new UsageError(error.message);
    if (isFileError(error)) throw new UsageError(fileProblem(error, path));
    if (!isDomainError(error)) throw error;
    throw new UsageError(`${path}: the photo standard does not leave open ${String(error.details.path)}.`);
  }
}

runWhenStarted(assessCommand, __filename);
