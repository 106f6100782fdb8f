/**
 * Feeds a picture to Chromium's fake webcam: a one-frame `.y4m`, which keeps tones (SSIM .991), unlike a JPEG
 * renamed to `.mjpeg`, which stretches the contrast (.878) and would spoil exposure checks.
 * The file is fixed for a browser's life; `showInCamera` changes the picture while it runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Jimp } from 'jimp';
import { type Page } from 'playwright-core';
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';

/** What phones' rear cameras give a mini program: 3:4, portrait. */
export const CAMERA_SIZE = { width: 1080, height: 1440 } as const;

/** Writes a picture as one frame of YUV 4:2:0, BT.601 limited range, filling the camera's 3:4. */
export async function writeY4m(picture: string, target: string): Promise<string> {
  const image = await readForCamera(readFileSync(picture));
  writeFileSync(target, encodeY4m(image, CAMERA_SIZE.width, CAMERA_SIZE.height));
  return target;
}

/** Decodes a JPEG or PNG and fills the camera's size with its middle. @returns four bytes per pixel */
export async function readForCamera(file: Uint8Array): Promise<Uint8Array> {
  // The product's own decoder: Jimp.read imports a module at run time, which jest cannot.
  const { image } = await decodePhoto(file);
  const picture = new Jimp({ width: image.width, height: image.height, data: Buffer.from(image.data) });
  picture.cover({ w: CAMERA_SIZE.width, h: CAMERA_SIZE.height });
  return picture.bitmap.data;
}

/** @param rgba four bytes per pixel; width and height even */
export function encodeY4m(rgba: Uint8Array, width: number, height: number): Buffer {
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420\nFRAME\n`, 'ascii');
  const chroma = (width / 2) * (height / 2);
  const planes = Buffer.alloc(width * height + 2 * chroma);
  for (let index = 0; index < width * height; index += 1) {
    const [red, green, blue] = pixel(rgba, index);
    planes[index] = Math.round(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255);
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const block = [y * width + x, y * width + x + 1, (y + 1) * width + x, (y + 1) * width + x + 1];
      const mean = [0, 1, 2].map(
        (channel) => block.reduce((sum, at) => sum + (rgba[4 * at + channel] ?? 0), 0) / 4,
      );
      const [red = 0, green = 0, blue = 0] = mean;
      const at = width * height + (y / 2) * (width / 2) + x / 2;
      planes[at] = Math.round(128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255);
      planes[at + chroma] = Math.round(128 + (112 * red - 93.786 * green - 18.214 * blue) / 255);
    }
  }
  return Buffer.concat([header, planes]);
}

function pixel(rgba: Uint8Array, index: number): [number, number, number] {
  return [rgba[4 * index] ?? 0, rgba[4 * index + 1] ?? 0, rgba[4 * index + 2] ?? 0];
}

/** Replaces the webcam by a canvas, so that one browser may show many pictures. Call before the page opens. */
export async function replaceWebcam(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    let drawing = 0;
    Object.assign(globalThis, {
      showInCamera: async (address: string) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        const draw = (): void => {
          canvas.getContext('2d')?.drawImage(image, 0, 0);
        };
        draw();
        // A canvas that nobody draws on sends no frames.
        clearInterval(drawing);
        drawing = window.setInterval(draw, 100);
      },
    });
    navigator.mediaDevices.getUserMedia = () => {
      if (drawing === 0) return Promise.reject(new DOMException('no camera', 'NotFoundError'));
      return Promise.resolve(canvas.captureStream(30));
    };
  });
}

/** Shows another picture in a webcam that `replaceWebcam` has replaced. */
export async function showInCamera(page: Page, picture: string): Promise<void> {
  const type = /\.png$/i.test(picture) ? 'image/png' : 'image/jpeg';
  const address = `data:${type};base64,${readFileSync(picture).toString('base64')}`;
  await page.evaluate(
    (data) => (globalThis as unknown as { showInCamera(address: string): Promise<void> }).showInCamera(data),
    address,
  );
}
