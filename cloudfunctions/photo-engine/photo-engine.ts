/**
 * The engine as its users see it: created once per process from a folder of models, then asked to develop photos.
 * Refuses to know cloud, database and people; pictures and settings in, pictures and verdicts out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DevelopOptions } from './develop-options';
import { developPhoto } from './develop-photo';
import { type DevelopOutcome } from './develop-outcome';
import { createModelRuntime } from './inference/create-model-runtime';
import { type InferenceBackend, type ModelName } from './inference/model-runtime';
import { createImage } from './image/rgba-image';
import { decodePhoto } from './decode/decode-photo';
import { detectFaces } from './face/detect-faces';
import { findPeople } from './face/find-people';
import { ofiqMeasures, type OfiqValues } from './ofiq/ofiq-measures';
import { PicturePyramid } from './inference/picture-pyramid';

export interface PhotoEngine {
  /**
   * Judges one photo and, where nothing blocks it, develops the official picture.
   * @param bytes the original file, JPEG, PNG or WebP
   * @throws DomainError IMAGE_* for files that are no acceptable picture, RESULT_OUT_OF_STANDARD when the finished
   *   picture misses the standard
   */
  develop(bytes: Uint8Array, options: DevelopOptions): Promise<DevelopOutcome>;
  /** OFIQ's measures of the largest face, for comparisons with the reference software; null where there is no face. */
  ofiq(bytes: Uint8Array): Promise<OfiqValues | null>;
  /** Loads the models that every photo needs, so that the first does not wait for them. */
  warm(): Promise<void>;
}

/** The fourth model, of the second look, is loaded when the first photo needs it. */
const EVERY_PHOTO: readonly ModelName[] = ['face-detector', 'face-mesh', 'person-mask'];

export interface PhotoEngineAssets {
  /** Folder with the models' files, their manifest.json and the inference library's wasm binary. */
  readonly modelFolder: string;
  readonly backend?: InferenceBackend;
}

/** Creates an engine; reads nothing but the manifest before the first photo. */
export function createPhotoEngine({ modelFolder, backend = 'wasm' }: PhotoEngineAssets): PhotoEngine {
  const runtime = createModelRuntime(modelFolder, backend);
  const models = modelDigests(modelFolder);
  return {
    develop: (bytes, options) => developPhoto(bytes, options, { runtime, models }),
    async ofiq(bytes) {
      const { image } = await decodePhoto(bytes);
      const { largest } = await findPeople(new PicturePyramid(image), runtime);
      if (largest === null) return null;
      return ofiqMeasures({
        image,
        landmarks: largest.landmarks,
        face: largest.geometry,
        pose: largest.pose,
      });
    },
    async warm() {
      await detectFaces(new PicturePyramid(createImage(64, 64)), runtime);
      await Promise.all(EVERY_PHOTO.map((name) => runtime.model(name)));
    },
  };
}

/** SHA-256 of each model by the build's manifest, for the record of each photo. */
function modelDigests(folder: string): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ModelManifest;
  return Object.fromEntries(manifest.models.map(({ name, sha256 }) => [name, sha256]));
}

interface ModelManifest {
  readonly models: readonly { readonly name: string; readonly sha256: string }[];
}
