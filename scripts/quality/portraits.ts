/**
 * The portraits that the checks are measured on, with what is known of each (one rater's labels, BSI's OFIQ values).
 * They lie outside the project and are only ever measured. Refuses to guess: a portrait without a label row is an error.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '../../tests/support/shared-data';

export interface LabelledPortrait {
  readonly file: string;
  readonly path: string;
  readonly set: 'neutral' | 'smile';
  /** Monk skin tone, 1 (lightest) … 10. */
  readonly monk: number;
  readonly teeth: 'yes' | 'no';
  /** Empty for smiles: not labelled. */
  readonly ears: string;
  readonly brows: string;
  /** `ofiq_<Measure>` → mapped value. */
  readonly ofiq: Readonly<Record<string, number>>;
}

/** Monk groups in which false alarms are counted apart. */
export const MONK_GROUPS = [
  { name: '1–2', from: 1, to: 2 },
  { name: '3–5', from: 3, to: 5 },
  { name: '6–10', from: 6, to: 10 },
] as const;

/** @param size `full` 1350 px for the engine, `img512` for the comparison with OFIQ; undefined without the data */
export function labelledPortraits(size: 'full' | 'img512'): LabelledPortrait[] | undefined {
  const folder = sharedData(`portraits/${size}`);
  const table = sharedData('portraits/values_labels.csv');
  if (folder === undefined || table === undefined) return undefined;
  const rows = labelRows(readFileSync(table, 'utf8'));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jpg'))
    .sort()
    .map((file) => {
      const row = rows.get(file);
      if (row === undefined) throw new Error(`${file} has no row in values_labels.csv`);
      return { ...row, file, path: join(folder, file) };
    });
}

/**
 * A portrait that the notice would accept as far as it was labelled: neutral expression, no teeth, brows not covered.
 * Hair that covers a part of the ears is left in (checks only advise on it), as is everything that nobody labelled.
 */
export function isCompliant({ set, teeth, brows }: LabelledPortrait): boolean {
  return set === 'neutral' && teeth === 'no' && brows !== 'covered';
}

function labelRows(text: string): Map<string, Omit<LabelledPortrait, 'file' | 'path'>> {
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  return new Map(
    lines.map((cells) => {
      const cell = (name: string) => cells[head!.indexOf(name)] ?? '';
      const ofiq = Object.fromEntries(
        head!.filter((name) => name.startsWith('ofiq_')).map((name) => [name.slice(5), Number(cell(name))]),
      );
      return [
        cell('image'),
        {
          set: cell('set') === 'smile' ? 'smile' : 'neutral',
          monk: Number(cell('monk_skin_tone')),
          teeth: cell('teeth_visible') === 'yes' ? 'yes' : 'no',
          ears: cell('ears'),
          brows: cell('brows'),
          ofiq,
        },
      ];
    }),
  );
}
