/**
 * A session of either ONNX Runtime package as a `Model`. Both packages share the interface of
 * onnxruntime-common; only the tensor class differs, so the caller brings it. Refuses outputs that are
 * not fp32: none of the project's models has others.
 */
import { type InferenceSession, type Tensor } from 'onnxruntime-web/wasm';
import { type Model } from './model-runtime';

/** Name of the one input, as local/build/models gives it. */
const INPUT_NAME = 'picture';

export function ortModel(
  session: InferenceSession,
  tensor: (data: Float32Array, shape: readonly number[]) => Tensor,
): Model {
  return {
    async run({ planes, width, height }) {
      const outputs = await session.run({ [INPUT_NAME]: tensor(planes, [1, 3, height, width]) });
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { data }]) => {
          if (!(data instanceof Float32Array)) throw new Error(`model output ${name} is not fp32`);
          return [name, data];
        }),
      );
    },
  };
}
