/** Screenshots for the README and for looking: written to docs/screenshots, small enough to commit. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Page } from 'playwright-core';

const FOLDER = resolve(__dirname, '../../../docs/screenshots');

/** @param name kebab-case, without extension @param folder another place than docs/screenshots */
export async function writeScreenshot(page: Page, name: string, folder = FOLDER): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  // A blinking caret and a half-run animation would change the file at every run.
  const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(path, bytes);
  return path;
}
