import { looksLikeAPart } from '../../../miniprogram/shared/roster/looks-like-a-part';

test.each([
  [0, 0, false],
  [5, 1, false],
  [6, 60, false],
  [6, 53, true],
  [40, 400, false],
  [400, 40, true],
  [300, 0, true],
])('a list that takes %d off and leaves %d: may be only a part is %s', (removed, staying, part) => {
  const differences = {
    added: 9,
    removed,
    changed: 0,
    unchanged: staying,
    removedButBound: 0,
    newStations: [],
  };
  expect(looksLikeAPart(differences)).toBe(part);
});
