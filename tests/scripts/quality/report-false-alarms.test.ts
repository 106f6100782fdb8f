/** A refusal is a false alarm only where a crop inside the standard exists; none is left out of the table. */
import { AS_IT_IS, type MeasuredPhoto } from '../../../scripts/quality/measure-variants';
import { type LabelledPortrait } from '../../../scripts/quality/portraits';
import { type ReferenceCrop } from '../../../scripts/quality/reference-crops';
import { falseAlarmLines, falseAlarmTable } from '../../../scripts/quality/report-false-alarms';

const passed = (file: string): MeasuredPhoto => ({
  file,
  variant: AS_IT_IS,
  checks: { framing: { outcome: 'passed', values: { missing: 0 } } },
});
const refused = (file: string): MeasuredPhoto => ({
  file,
  variant: AS_IT_IS,
  checks: { framing: { outcome: 'blocked', values: { missing: 35.83 }, remedy: 'show-shoulders' } },
});
const cropMissing = (file: string, missingPx = 0): ReferenceCrop => ({ file, missingPx });
const labels = (...files: string[]): Map<string, LabelledPortrait> =>
  new Map(
    files.map((file) => [
      file,
      { file, path: file, set: 'neutral', monk: 2, teeth: 'no', ears: '', brows: 'clear', ofiq: {} },
    ]),
  );

test('a refused portrait without a crop is named, counted among all, and no false alarm', () => {
  const lines = falseAlarmLines(
    [passed('a.jpg'), refused('bun.jpg')],
    [cropMissing('a.jpg'), cropMissing('bun.jpg', 31.5)],
    labels('a.jpg', 'bun.jpg'),
  ).join('\n');
  expect(lines).toContain('0 of the 1 that have a crop inside the standard, 0.0 % (wanted ≤ 2 %: reached)');
  expect(lines).toContain('50.0 % of all 2 are refused: bun.jpg by framing (missing 35.8, show-shoulders)');
  expect(lines).toContain(
    '1 of the 2 have a crop inside the standard, and this has none: bun.jpg (32 px missing)',
  );
});

test('a refused portrait with a crop is a false alarm, in its Monk group too', () => {
  const lines = falseAlarmLines(
    [passed('a.jpg'), refused('b.jpg')],
    [cropMissing('a.jpg'), cropMissing('b.jpg')],
    labels('a.jpg', 'b.jpg'),
  ).join('\n');
  expect(lines).toContain(
    '1 of the 2 that have a crop inside the standard, 50.0 % (wanted ≤ 2 %: **missed**)',
  );
  expect(lines).toContain('**Above 5 %: Monk 1–2.**');
});

test('a portrait without a reference crop is an error, not a pass', () => {
  expect(() => falseAlarmLines([refused('b.jpg')], [], labels('b.jpg'))).toThrow(
    'no reference crop for b.jpg',
  );
});

test('the table counts every compliant portrait, with a crop or without', () => {
  const table = falseAlarmTable([passed('a.jpg'), refused('bun.jpg')], labels('a.jpg', 'bun.jpg'));
  expect(table).toContain('| **all that block, together** | blocked | 1 of 2 | 1 of 2 | 0 of 0 | 0 of 0 |');
});
