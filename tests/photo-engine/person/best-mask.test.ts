/** The second look is taken where it helps, and costs nothing where it does not. */
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { bestMask } from '../../../cloudfunctions/photo-engine/person/best-mask';
import { beforeWall } from '../../support/before-wall';
import { testModelRuntime } from '../../support/model-runtime';
import { roughMask } from '../matte/figure-builder';

const runtimeThatMustNotRun: ModelRuntime = {
  backend: 'wasm',
  library: 'none',
  model: (name) => Promise.reject(new Error(`${name} was asked for`)),
};

const plain = (shade: number) => (): readonly [number, number, number] => [shade, shade, shade - 5];

describe('bestMask', () => {
  it('is the first look’s own mask before a plain, light wall, and loads no further model', async () => {
    const { picture, truth } = beforeWall('f1_front', plain(210));
    const first = roughMask(truth, 0);
    const { mask, edge, first: kept } = await bestMask(picture, first, runtimeThatMustNotRun);
    expect([mask === first, kept === first]).toEqual([true, true]);
    expect(edge).toBe('blurred');
  });

  it.each([
    ['a busy wall', undefined],
    ['a plain but dark wall', plain(50)],
  ])('is the second look’s before %s', async (_, wall) => {
    const { picture, truth } = beforeWall('f1_front', wall);
    const first = roughMask(truth, 0);
    const { mask, edge, first: kept } = await bestMask(picture, first, testModelRuntime());
    expect(edge).toBe('sharp');
    // The check "wall" compares the cut-out with the first look, not with the mask that it was made from.
    expect([mask === first, kept === first]).toEqual([false, true]);
    await expect(bestMask(picture, first, runtimeThatMustNotRun)).rejects.toThrow(/person-parts/);
  });
});
