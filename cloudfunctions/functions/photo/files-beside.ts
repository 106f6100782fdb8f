/** The binaries that lie beside the bundle of `photo`: models, the inference library, the codecs. Read by the build. */
import { CODEC_BINARIES } from '../../photo-engine/decode/codec-binary';
import { MODEL_NAMES, modelFile } from '../../photo-engine/inference/model-runtime';
import { WASM_BINARY } from '../../photo-engine/inference/wasm-runtime';

/** Where `npm run build` puts what it made of the models' packages. */
const MODELS = './dist/models';

export const FILES_BESIDE: Readonly<Record<string, string>> = {
  ...CODEC_BINARIES,
  ...Object.fromEntries(
    ['manifest.json', WASM_BINARY, ...MODEL_NAMES.map(modelFile)].map((file) => [file, `${MODELS}/${file}`]),
  ),
};
