/**
 * `npm run assess`: judges any number of photos with the engine, one CSV row each, and never stops at a bad file.
 * Reads pictures and writes one table; refuses to store, upload or change anything.
 */
import { parseArgs } from 'node:util';
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { OFIQ_MEASURES } from '../../cloudfunctions/photo-engine/ofiq/ofiq-measures';
import { readSettingsFile, settingsText } from '../../scripts/tune/settings-file';
import { type AssessColumn, type AssessRow, assessColumns, type RowOptions } from './assess/assess-row';
import { assessInParallel } from './assess/assess-in-parallel';
import { openCsv } from './support/csv-file';
import { EXIT } from './support/exit-code';
import { pictureFiles } from './support/picture-files';
import { startProgress } from './support/progress';

const HELP = `Judges photos, one row each.

  npm run assess -- FILE_OR_FOLDER … --csv FILE [--ofiq] [--settings FILE] [--jobs N]

  --csv FILE   where the table goes; columns: file, outcome (passed, warned, blocked, refused), reasons (ids
               separated by ;), then per check <id> (native value) and <id>.outcome: ${CHECK_IDS.join(', ')}
  --ofiq       also ofiq_<Measure> (0-100, as BSI's OFIQ maps them): ${OFIQ_MEASURES.join(', ')}
  --settings FILE   judges by the check-settings.json that npm run tune writes; a column "settings" says what is set
  --jobs N     processes, default 1

Exit code 0 when every file got its row, also when photos were refused; 1 when the command itself failed.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      csv: { type: 'string' },
      ofiq: { type: 'boolean', default: false },
      settings: { type: 'string' },
      jobs: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return EXIT.done;
  }
  const jobs = Number(values.jobs);
  if (positionals.length === 0 || values.csv === undefined || !Number.isInteger(jobs) || jobs < 1) {
    console.error(HELP);
    return EXIT.otherFailure;
  }
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
  console.log(`${files.length} files: ${summary || 'nothing to assess'}. Table: ${values.csv}`);
  return EXIT.done;
}

/** @throws DomainError INVALID_REQUEST for settings that the photo standard does not leave open */
function rowSettings(path: string): NonNullable<RowOptions['settings']> {
  const settings = readSettingsFile(path);
  return { overrides: settings.overrides, text: settingsText(settings) };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = EXIT.otherFailure;
  },
);
