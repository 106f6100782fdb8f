/** Bytes that are released are gone for everybody who holds them; bytes that lie in a shared buffer stay. */
import { releaseBytes } from '../../../cloudfunctions/photo-engine/inference/release-bytes';

describe('releaseBytes', () => {
  it('empties the array wherever it is held', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const held = new Uint8Array(bytes.buffer);
    releaseBytes(bytes);
    expect(bytes).toHaveLength(0);
    expect(held).toHaveLength(0);
  });

  it('leaves a part of a larger buffer alone', () => {
    const whole = new Uint8Array([1, 2, 3]);
    releaseBytes(whole.subarray(1));
    expect([...whole]).toEqual([1, 2, 3]);
  });
});
