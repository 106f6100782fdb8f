import fc from 'fast-check';
import { joinBytePlanes, splitBytePlanes } from '../../../cloudfunctions/photo-engine/inference/byte-planes';

describe('byte planes', () => {
  it('put every fourth byte together', () => {
    expect([...splitBytePlanes(Uint8Array.of(0, 1, 2, 3, 10, 11, 12, 13, 20, 21))]).toEqual([
      0, 10, 20, 1, 11, 21, 2, 12, 3, 13,
    ]);
  });

  it('give any bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(joinBytePlanes(splitBytePlanes(bytes))).toEqual(bytes);
      }),
    );
  });
});
