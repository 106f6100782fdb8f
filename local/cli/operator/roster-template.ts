/** Writes an empty list to fill. Refuses to write over a file: it may be a list that somebody has filled already. */
import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { UsageError } from '../support/command';
import { CLI_WORDS } from './words';
import { rosterTemplate } from '../../../cloudfunctions/roster/template-file';
import { ROSTER_TEMPLATE_LABELS } from '../../../miniprogram/copy/operator-roster-words';

/** @throws UsageError for another ending; EEXIST */
export async function writeTemplate(path: string): Promise<void> {
  const extension = extname(path).toLowerCase();
  if (extension !== '.xlsx' && extension !== '.csv') throw new UsageError(CLI_WORDS.notAList(path));
  const bytes = await rosterTemplate(extension === '.xlsx' ? 'xlsx' : 'csv', ROSTER_TEMPLATE_LABELS);
  writeFileSync(path, bytes, { flag: 'wx' });
}
