/**
 * What the photo benchmarks give to the engine: committed portraits, enlarged to what phones send. Refuses pictures that
 * compress better than a camera's.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { resample } from '../../cloudfunctions/photo-engine/image/resample';
import { asJpeg } from '../../tests/support/spoil-portrait';

const ROOT = resolve(__dirname, '../..');

export interface PhotoInput {
  readonly input: string;
  readonly fixture: string;
  readonly width: number;
  readonly height: number;
  readonly expected: 'developed' | 'blocked';
}

/** The third is what a 48 MP phone writes, a brick wall takes a second look at the person, the last looks aside. */
export const PHOTO_INPUTS: readonly PhotoInput[] = [
  { input: '2000 px JPEG', fixture: 'f1_front', width: 1500, height: 2000, expected: 'developed' },
  { input: '12 MP JPEG', fixture: 'f1_front', width: 3024, height: 4032, expected: 'developed' },
  { input: '48 MP JPEG', fixture: 'f1_front', width: 6048, height: 8064, expected: 'developed' },
  {
    input: '2000 px JPEG, brick wall',
    fixture: 'm1_wall-brick',
    width: 1500,
    height: 2000,
    expected: 'developed',
  },
  {
    input: '12 MP JPEG, brick wall',
    fixture: 'm1_wall-brick',
    width: 3024,
    height: 4032,
    expected: 'developed',
  },
  { input: '2000 px JPEG, blocked', fixture: 'm1_yaw25', width: 1500, height: 2000, expected: 'blocked' },
];

/** The file as the phone would upload it. */
export async function portraitOf({ fixture, width, height }: PhotoInput): Promise<Uint8Array> {
  const file = readFileSync(join(ROOT, 'tests/fixtures/portraits', `${fixture}.jpg`));
  const { image } = await decodePhoto(file);
  const large = resample(image, { x: 0, y: 0, width: image.width, height: image.height }, width, height);
  addSensorNoise(large.data);
  return asJpeg(large);
}

/** ±3 levels from a fixed sequence: a camera's picture does not compress like an enlarged rendering. */
function addSensorNoise(data: Uint8ClampedArray): void {
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    if (i % 4 === 3) continue;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = data[i]! + ((state >>> 16) % 7) - 3;
  }
}
