/** Where the true edge is looked for: further out before dark walls, and no jump on the way there. */
import { edgePrior } from '../../../cloudfunctions/photo-engine/matte/edge-prior';
import { type WallBehind } from '../../../cloudfunctions/photo-engine/matte/wall-behind';
import { type WallSurface } from '../../../cloudfunctions/photo-engine/matte/wall-surface';

const busy = (luma: number): WallBehind => ({ kind: 'busy', luma });
const surface: WallSurface = { share: 1, factors: new Float64Array(18) };
const plain = (luma: number): WallBehind => ({ kind: 'plain', luma, surface });

describe('edgePrior', () => {
  it('expects the edge of a sharp mask further out the darker the wall', () => {
    const shifts = [200, 100, 90, 70, 50, 20].map((luma) => edgePrior('sharp', busy(luma)).shift);
    expect(shifts).toEqual([-1.5, -1.5, expect.closeTo(-1.8), expect.closeTo(-2.4), -3, -3]);
  });

  it.each(['noise', 'contrast'] as const)(
    'tells colours apart more finely before a dark wall that is plain, and only there: %s',
    (measure) => {
      const [light, between, dark] = [100, 75, 50].map((luma) => edgePrior('sharp', plain(luma))[measure]);
      expect(dark).toBeLessThan(light!);
      expect(between).toBeCloseTo((light! + dark!) / 2);
      expect(edgePrior('sharp', busy(30))[measure]).toBe(edgePrior('sharp', busy(150))[measure]);
    },
  );

  it('keeps the faintest alpha before a plain, light wall alone', () => {
    expect(edgePrior('blurred', plain(150)).noiseBelow).toBe(0);
    expect(edgePrior('sharp', plain(150)).noiseBelow).toBe(0);
    const { noiseBelow } = edgePrior('sharp', busy(150));
    expect(noiseBelow).toBeGreaterThan(0);
    expect(edgePrior('sharp', plain(30)).noiseBelow).toBe(noiseBelow);
    expect(edgePrior('sharp', plain(75)).noiseBelow).toBeCloseTo(noiseBelow / 2);
  });

  it('knows nothing of the wall’s light where the mask is blurred', () => {
    expect(edgePrior('blurred', plain(30))).toEqual(edgePrior('blurred', plain(200)));
  });
});
