/** The person's mask, read at pixels of a picture of another size. */
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { personAt } from '../../../cloudfunctions/photo-engine/measure/person-at';

const MASK = { width: 2, height: 2, data: Float32Array.from([0, 0.25, 0.5, 1]) };

describe('personAt', () => {
  it.each([
    [0, 0, 0],
    [2, 1, 0],
    [3, 1, 0.25],
    [2, 2, 0.5],
    [5, 3, 1],
  ])('at %d, %d of a picture three times as wide and twice as high: %d', (x, y, person) => {
    expect(personAt({ image: createImage(6, 4), figure: MASK }, x, y)).toBe(person);
  });

  it.each([
    [6, 1, 0.25],
    [1, 4, 0.5],
    [6, 4, 1],
  ])('at %d, %d, beyond the picture’s far edges: the edge’s own %d', (x, y, person) => {
    expect(personAt({ image: createImage(6, 4), figure: MASK }, x, y)).toBe(person);
  });
});
