/** Where the sitter surely is: straight below the eyes, also where the picture's side cuts the face. */
import { belowTheEyes } from '../../../cloudfunctions/photo-engine/person/below-the-eyes';

const PICTURE = { width: 500, height: 400 };

function drawn(x: number, y: number): string[] {
  const flags = belowTheEyes({ x, y }, PICTURE, { width: 5, height: 4 });
  return [0, 5, 10, 15].map((row) =>
    flags
      .subarray(row, row + 5)
      .join('')
      .replaceAll('0', '.'),
  );
}

describe('belowTheEyes', () => {
  it.each([
    ['the middle', 250, 150, ['.....', '..1..', '..1..', '..1..']],
    ['the first row', 99, 0, ['1....', '1....', '1....', '1....']],
    ['the last row', 400, 399, ['.....', '.....', '.....', '....1']],
    ['left of the picture', -180, 150, ['.....', '1....', '1....', '1....']],
    ['right of it', 700, 150, ['.....', '....1', '....1', '....1']],
    ['above it', 250, -300, ['..1..', '..1..', '..1..', '..1..']],
    ['below it', 250, 900, ['.....', '.....', '.....', '..1..']],
  ])('marks from %s down', (_, x, y, rows) => {
    expect(drawn(x, y)).toEqual(rows);
  });
});
