/** A refusal in other surroundings counts where the same portrait passes as it was taken. */
import { AS_IT_IS, type MeasuredPhoto } from '../../../scripts/quality/measure-variants';
import { type LabelledPortrait } from '../../../scripts/quality/portraits';
import { surroundingsTable } from '../../../scripts/quality/report-surroundings';
import { SURROUNDINGS } from '../../../scripts/quality/surroundings';

const [scene, other] = SURROUNDINGS.map(({ name }) => name);
const photo = (file: string, variant: string, outcome: 'passed' | 'blocked'): MeasuredPhoto => ({
  file,
  variant,
  checks: { 'not-backlit': { outcome, values: {} } },
});
const labelled = (file: string, monk: number): [string, LabelledPortrait] => [
  file,
  { file, path: file, set: 'neutral', monk, teeth: 'no', ears: '', brows: 'clear', ofiq: {} },
];

test('by skin tone and by check, without who is refused everywhere', () => {
  const good = [
    photo('light', AS_IT_IS, 'passed'),
    photo('dark', AS_IT_IS, 'passed'),
    photo('bun', AS_IT_IS, 'blocked'),
  ];
  const there = [
    photo('light', scene!, 'passed'),
    photo('dark', scene!, 'blocked'),
    photo('bun', scene!, 'blocked'),
    photo('dark', other!, 'passed'),
  ];
  const labels = new Map([labelled('light', 1), labelled('dark', 10), labelled('bun', 2)]);
  const table = surroundingsTable(good, [...good, ...there], labels);
  expect(table).toContain(`| ${scene!} | 1 of 2 | 0 of 1 | 0 of 0 | 1 of 1 | not-backlit |`);
  expect(table).toContain(`| ${other!} | 0 of 1 | 0 of 0 | 0 of 0 | 0 of 1 |  |`);
});
