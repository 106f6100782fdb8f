/**
 * Broken and hostile picture files without end, the same for the same seed: real portraits with bytes changed, cut,
 * repeated or swapped, headers that lie about sizes, and things that are no pictures.
 */
import {
  bmpFile,
  exifBlock,
  gifFile,
  isoMediaFile,
  jpegFile,
  pngFile,
  webpFile,
} from '../../tests/support/picture-builder';
import { seededRandom } from '../../tests/support/spoil-portrait';

type Random = () => number;

/** File number `index` of the endless row. @param seeds whole good files to start from */
export function hostileFile(index: number, seeds: readonly Uint8Array[]): Buffer {
  const random = seededRandom(index + 1);
  const kind = KINDS[index % KINDS.length]!;
  return kind(random, Buffer.from(seeds[whole(random, seeds.length)]!));
}

function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

const KINDS: readonly ((random: Random, seed: Buffer) => Buffer)[] = [
  // Bytes of the first kilobyte changed: headers and tables.
  (random, seed) => changed(random, seed, 1 + whole(random, 8), Math.min(1024, seed.length)),
  // Bytes anywhere changed.
  (random, seed) => changed(random, seed, 1 + whole(random, 200), seed.length),
  (random, seed) => seed.subarray(0, whole(random, seed.length)),
  (random, seed) => {
    const [from, length] = [whole(random, seed.length), whole(random, 5000)];
    return Buffer.concat([seed.subarray(0, from), seed.subarray(from + length)]);
  },
  (random, seed) => {
    const [from, to] = [whole(random, seed.length), whole(random, seed.length)];
    return Buffer.concat([seed.subarray(0, Math.max(from, to)), seed.subarray(Math.min(from, to))]);
  },
  (random) => Buffer.from(Uint8Array.from({ length: whole(random, 4000) }, () => whole(random, 256))),
  (random) =>
    jpegFile({
      width: whole(random, 65_536),
      height: whole(random, 65_536),
      components: whole(random, 6),
      bits: [8, 12, 16, 0][whole(random, 4)]!,
      frame: 0xc0 + whole(random, 16),
      scans: whole(random, 50),
      exif: exifBlock(whole(random, 12), random() < 0.5 ? 'II' : 'MM'),
      trailer: new Uint8Array(whole(random, 3000)),
    }),
  (random) =>
    pngFile({
      width: whole(random, 100_000),
      height: whole(random, 100_000),
      bits: [1, 2, 4, 8, 16, 7][whole(random, 6)]!,
      colourType: whole(random, 8),
      interlaced: random() < 0.5,
      raw: new Uint8Array(whole(random, 2000)),
    }),
  (random) => {
    const lie = { width: 1 + whole(random, 16_000), height: 1 + whole(random, 16_000) };
    return webpFile({
      coding: random() < 0.5 ? 'lossy' : 'lossless',
      width: 1 + whole(random, 16_000),
      height: 1 + whole(random, 16_000),
      ...(random() < 0.7 && { extended: { flags: whole(random, 256), ...lie } }),
    });
  },
  (random) => changed(random, gifFile({ width: whole(random, 9000), frames: whole(random, 40) }), 3, 60),
  (random) => bmpFile({ width: whole(random, 90_000), bitsPerPixel: whole(random, 65) }),
  (random) => isoMediaFile(['heic', 'avif', 'mif1', 'qt  '][whole(random, 4)]!, 'heic'),
];

function changed(random: Random, file: Buffer, count: number, within: number): Buffer {
  const result = Buffer.from(file);
  const most = Math.min(within, result.length);
  for (let i = 0; i < count; i++) result[whole(random, most)] = whole(random, 256);
  return result;
}
