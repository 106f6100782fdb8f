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

  it('takes nobody in whom the first look does not know', async () => {
    const { picture, truth } = beforeWall('f1_front', plain(50));
    const first = roughMask(truth, 0);
    const { mask } = await bestMask(picture, first, fakeRuntimeSeeing(onTheWall));
    const seen = (x: number, y: number) => mask.data[y * mask.width + x]! > 0.5;
    expect([seen(24, 30), seen(240, 300)]).toEqual([false, true]);
  });
});

const SIDE = 256;

/** A head on the wall beside the sitter's, and the sitter; columns and rows of the model's square. */
const onTheWall = (column: number, row: number): boolean =>
  (column < 30 && row < 30) || (Math.abs(column - SIDE / 2) < 40 && row > 60);

/** A model that is sure of a person wherever it is told to see one. */
function fakeRuntimeSeeing(person: (column: number, row: number) => boolean): ModelRuntime {
  const logits = new Float32Array(6 * SIDE * SIDE).fill(-4);
  for (let at = 0; at < SIDE * SIDE; at++)
    logits[at + (person(at % SIDE, Math.floor(at / SIDE)) ? SIDE * SIDE : 0)] = 4;
  return {
    backend: 'wasm',
    library: 'fake',
    model: () => Promise.resolve({ run: () => Promise.resolve({ logits }) }),
  };
}
