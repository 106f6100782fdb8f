/** What a decoded picture keeps of the decoder's memory. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeTurboJpeg } from '../../../cloudfunctions/photo-engine/decode/turbo-jpeg';
import { toUpright } from '../../../cloudfunctions/photo-engine/decode/upright';
import { portraitFile } from '../../support/portrait';

const PROGRESSIVE = resolve(__dirname, '../../fixtures/code-pictures/f-prog.jpg');

describe('a picture out of the decoder', () => {
  const baseline = () => decodeTurboJpeg(readFileSync(portraitFile('f1_front.jpg')), 8);

  it('is not copied where little else lies in the decoder’s memory, nor to be left as it is', () => {
    const { data } = baseline();
    expect(data.byteLength).toBeLessThan(data.buffer.byteLength);
    expect(data.buffer.byteLength).toBeLessThanOrEqual(1.5 * data.byteLength);
    const picture = baseline();
    expect(toUpright(picture, 1)).toBe(picture);
  });

  it('is copied from among the coefficients of a progressive file', () => {
    const { data } = decodeTurboJpeg(readFileSync(PROGRESSIVE), 8);
    expect(data.buffer.byteLength).toBe(data.byteLength);
  });

  it('is its caller’s own: the next picture leaves it alone', () => {
    const { data } = baseline();
    const before = Buffer.from(data);
    decodeTurboJpeg(readFileSync(PROGRESSIVE), 8);
    expect(before.equals(Buffer.from(data))).toBe(true);
  });
});
