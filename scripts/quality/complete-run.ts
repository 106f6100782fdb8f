/**
 * What may stand in docs/quality.md: runs over everything that the document speaks of. A partial one proves less than its
 * words say, and would replace one that was whole. Refuses by name what a run lacks; printing is free to every run.
 */
import { UsageError } from '../../local/cli/support/usage-error';
import { isCompliant, type LabelledPortrait } from './portraits';
import { AS_IT_IS, type MeasuredPhoto } from './measure-variants';
import { SURROUNDINGS } from './surroundings';
import { VARIANTS } from './variants';

/** For the usage texts, so that the three commands speak alike. */
export const WRITE_HELP =
  'writes to docs/quality.md; only a complete run may. Without it the report is printed and nothing is written';

/** @param lacks what is missing, undefined where nothing is @throws UsageError that names it */
export function requireComplete(...lacks: readonly (string | undefined)[]): void {
  const missing = lacks.filter((one) => one !== undefined);
  if (missing.length > 0)
    throw new UsageError(`--write is for complete runs, and this one is none: ${missing.join('; ')}.`);
}

/** What the rows of `npm run quality` lack: a portrait, or one of the photos made from it. */
export function missingRows(
  photos: readonly MeasuredPhoto[],
  portraits: readonly LabelledPortrait[],
): string | undefined {
  const rows = new Set(photos.map(({ file, variant }) => `${file} ${variant}`));
  const made = [...SURROUNDINGS, ...VARIANTS].map(({ name }) => name);
  const wanted = portraits.flatMap((portrait) =>
    [AS_IT_IS, ...(isCompliant(portrait) ? made : [])].map((variant) => `${portrait.file} ${variant}`),
  );
  const missing = wanted.filter((row) => !rows.has(row));
  return missing.length === 0 ? undefined : `${missing.length} of ${wanted.length} photos were not measured`;
}
