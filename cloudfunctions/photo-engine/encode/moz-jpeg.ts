/**
 * JPEG bytes by mozjpeg as WebAssembly (@jsquash/jpeg, encoder only): baseline, the quantisation tables of the
 * JPEG standard's annex K, so that a quality read back from the file is the quality asked for.
 * Refuses nothing and decides nothing: quality and subsampling are the caller's.
 */
import encode, { init } from '@jsquash/jpeg/encode.js';
import { codecModule } from '../decode/codec-binary';
import { instantiateFrom } from '../decode/instantiate-from';
import { type RgbaImage } from '../image/rgba-image';

/** Chroma as sharp as luma, or at half its width and height. */
export type Subsampling = '4:4:4' | '4:2:0';

/** mozjpeg's jcparam.c: table set 0 is annex K of ITU-T T.81. */
const ANNEX_K_TABLES = 0;

let ready: Promise<void> | undefined;

/**
 * @param image opaque; alpha is not looked at
 * @param quality 1–100, libjpeg's scale
 * @returns a whole file: JFIF header without density, no other metadata. 20–45 ms for 480 × 640 (2026-11): without
 *   the progressive scan search that makes mozjpeg's default take 45–100 ms for 2 % fewer bytes
 */
export async function encodeMozJpeg(
  image: RgbaImage,
  quality: number,
  subsampling: Subsampling,
): Promise<Uint8Array> {
  ready ??= init(instantiateFrom(codecModule('mozjpeg_enc.wasm')));
  await ready;
  const picture = { data: image.data, width: image.width, height: image.height };
  const file = await encode(picture as ImageData, {
    quality,
    baseline: true,
    progressive: false,
    optimize_coding: true,
    quant_table: ANNEX_K_TABLES,
    auto_subsample: false,
    chroma_subsample: subsampling === '4:4:4' ? 1 : 2,
  });
  return new Uint8Array(file);
}
