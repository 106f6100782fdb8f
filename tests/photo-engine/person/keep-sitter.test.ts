/** Whose portrait it is: everybody else goes from the mask, and nothing of the sitter. */
import fc from 'fast-check';
import { type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { keepSitter } from '../../../cloudfunctions/photo-engine/person/keep-sitter';

/** A mask as drawn: `#` a person, `+` a faint part of one, `.` next to nothing. */
const LEVELS: Readonly<Record<string, number>> = { '#': 0.9, '+': 0.2, '.': 0.05 };

function drawn(...rows: readonly string[]): Plane {
  const cells = rows.join('').split('');
  return {
    width: rows[0]!.length,
    height: rows.length,
    data: Float32Array.from(cells, (cell) => LEVELS[cell]!),
  };
}

/** The sitter's face and body stand in the fourth column. */
const kept = (mask: Plane): Plane =>
  keepSitter(
    mask,
    Uint8Array.from(mask.data, (_, at) => Number(at % mask.width === 3)),
  );

describe('keepSitter', () => {
  it('takes out a photograph on the wall, wholly', () => {
    const mask = kept(drawn('##.....', '++.##..', '...##..', '..####.'));
    const wall = [...mask.data.subarray(0, 2), ...mask.data.subarray(7, 9)];
    expect(wall).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['one person, faint at the edge', ['..+#+..', '.+###+.', '.#####.']],
    ['hair that hangs on by a faint strand', ['.#+#...', '.#.##..', '..####.']],
    ['a head and a body that a scarf of the wall’s colour parts', ['..###..', '.......', '.#####.']],
    ['nobody', ['.......', '.......']],
  ])('leaves as it is: %s', (_, rows) => {
    expect(kept(drawn(...rows))).toEqual(drawn(...rows));
  });

  it('does not join what meets at the picture’s two sides', () => {
    const mask = drawn('......#', '#......');
    keepSitter(
      mask,
      Uint8Array.from(mask.data, (_, at) => Number(at === 6)),
    );
    expect([mask.data[6]! > 0.5, mask.data[7]]).toEqual([true, 0]);
  });

  it('keeps nothing for a sitter who is not in the mask', () => {
    expect(kept(drawn('##.....', '##.....')).data.every((value) => value < 0.1)).toBe(true);
  });

  it('keeps what a flood from the sitter reaches, in any picture', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 12 }),
        fc.array(fc.constantFrom('#', '.'), { minLength: 12, maxLength: 144 }),
        (width, cells) => {
          const rows = Array.from({ length: Math.floor(cells.length / width) }, (_, y) =>
            cells.slice(y * width, (y + 1) * width).join(''),
          );
          const mask = drawn(...rows);
          const reached = flooded(mask);
          expect(Array.from(kept(mask).data, (value) => value > 0.5)).toEqual(reached);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** By its definition: again and again every neighbour of what is reached. */
function flooded({ width, data }: Plane): boolean[] {
  const person = Array.from(data, (value) => value > 0.5);
  let reached = person.map((is, at) => is && at % width === 3);
  for (let grown = true; grown;) {
    const before = reached;
    reached = person.map((is, at) => {
      const x = at % width;
      const beside = (x > 0 && before[at - 1]!) || (x < width - 1 && before[at + 1]!);
      return is && (before[at]! || beside || (before[at - width] ?? false) || (before[at + width] ?? false));
    });
    grown = reached.some((is, at) => is !== before[at]);
  }
  return reached;
}
