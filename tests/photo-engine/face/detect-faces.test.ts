import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DetectedFace, detectFaces } from '../../../cloudfunctions/photo-engine/face/detect-faces';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { testModelRuntime } from '../../support/model-runtime';
import { cropped, padded, portrait, readPicture } from '../../support/portrait';
import { sharedData } from '../../support/shared-data';

const runtime = testModelRuntime();
const facesIn = (image: RgbaImage): Promise<DetectedFace[]> =>
  detectFaces(new PicturePyramid(image), runtime);

describe('finding faces', () => {
  it.each([
    ['f1_front.jpg', 1],
    ['m1_yaw25.jpg', 1],
    ['m1_roll10.jpg', 1],
    ['m1_dark.jpg', 1],
    ['m1_back.jpg', 1],
    ['two_people.jpg', 2],
    ['nobody.jpg', 0],
  ])('%s shows %d', async (name, count) => {
    expect(await facesIn(portrait(name))).toHaveLength(count);
  });

  it('places eyes, nose and mouth where they were rendered (manifest: eyeballs 377 and 523, 501; chin 450, 791)', async () => {
    const [face] = await facesIn(portrait('m1_front.jpg'));
    // The face is about 380 pixels wide; the detector is good to a few per cent of that.
    expect(Math.hypot(face!.leftEye.x - 377, face!.leftEye.y - 501)).toBeLessThan(20);
    expect(Math.hypot(face!.rightEye.x - 523, face!.rightEye.y - 501)).toBeLessThan(20);
    expect(face!.leftEye.x).toBeLessThan(face!.noseTip.x);
    expect(face!.noseTip.y).toBeLessThan(face!.mouth.y);
    expect(face!.leftEar.x).toBeLessThan(face!.leftEye.x);
    expect(face!.box.left).toBeLessThan(377);
    expect(face!.box.bottom).toBeGreaterThan(700);
  });

  it.each([1, 2, 4, 6])('finds the same face with %d times the room around it', async (factor) => {
    const image = portrait('f1_front.jpg');
    const [face] = await facesIn(image);
    const [small] = await facesIn(padded(image, factor));
    const shift = { x: (image.width * (factor - 1)) / 2, y: (image.height * (factor - 1)) / 2 };
    const width = face!.box.right - face!.box.left;
    // At six times the room the face is 13 of the detector's 192 pixels wide.
    expect(Math.abs(small!.noseTip.x - shift.x - face!.noseTip.x)).toBeLessThan(0.12 * width);
    expect(Math.abs(small!.noseTip.y - shift.y - face!.noseTip.y)).toBeLessThan(0.12 * width);
  });

  it('finds a face that fills the frame and is cut by it', async () => {
    // 300 of the face's 380 pixels: from brow to lip.
    const faces = await facesIn(cropped(portrait('m1_front.jpg'), 300, 440, 300, 300));
    expect(faces).toHaveLength(1);
  });

  it.each([
    [1, 1],
    [2, 700],
    [64, 64],
  ])('finds nobody in an empty picture of %d×%d', async (width, height) => {
    expect(await facesIn(createImage(width, height))).toEqual([]);
  });

  it('gives the same faces every time', async () => {
    const image = portrait('two_people.jpg');
    expect(await facesIn(image)).toEqual(await facesIn(image));
  });
});

const studio = sharedData('portraits/img512');
(studio ? describe : describe.skip)('the studio portraits', () => {
  it('show one person each', async () => {
    const counts = new Map<number, number>();
    for (const file of readdirSync(studio!)) {
      const { length } = await facesIn(readPicture(join(studio!, file)));
      counts.set(length, (counts.get(length) ?? 0) + 1);
    }
    expect([...counts]).toEqual([[1, 100]]);
  });
});
