/**
 * Command: runs the @mediapipe packages as they are (their own wasm and graphs, in Debian's Chromium) over
 * committed portraits and writes what they answer to tests/fixtures/portraits/mediapipe/. The parity tests
 * compare the engine with these values, so that no line of this project takes part in both sides.
 *
 *   npx tsx tests/support/record-mediapipe-values.ts        (needs Chromium, see CHROMIUM)
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { portraitFile } from './portrait';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const OUTPUT = portraitFile('mediapipe');
const PACKAGES = resolve(__dirname, '../../node_modules/@mediapipe');

const MESH_PORTRAITS = [
  'f1_front',
  'f2_front',
  'm1_front',
  'm1_yaw25',
  'm1_roll10',
  'm1_eyesclosed',
  'm1_mouthopen',
];
const MASK_PORTRAITS = ['f1_front', 'm1_yaw25', 'm1_wall-brick'];
/** Masks are kept at a quarter of the picture's size: enough to see a wrong model, small enough to commit. */
const MASK_REDUCTION = 4;

/** Runs inside the page; plain JavaScript. Each package needs a page of its own: they share global names. */
const PAGE_SCRIPT = `
  const picture = async (file) => { const image = new Image(); image.src = '/portrait/' + file; await image.decode(); return image; };
  window.mesh = async (file) => {
    const image = await picture(file);
    const solution = new FaceMesh({ locateFile: (name) => '/face_mesh/' + name });
    solution.setOptions({ maxNumFaces: 1, refineLandmarks: true });
    let landmarks;
    solution.onResults((results) => { landmarks = results.multiFaceLandmarks[0].map(({ x, y, z }) => [x, y, z]); });
    // The first time it looks where the detector points, then where it saw the face: the third is settled.
    for (let look = 0; look < 3; look++) await solution.send({ image });
    return { width: image.naturalWidth, height: image.naturalHeight, landmarks };
  };
  window.mask = async (file) => {
    const image = await picture(file);
    const solution = new SelfieSegmentation({ locateFile: (name) => '/selfie_segmentation/' + name });
    solution.setOptions({ modelSelection: 0 });
    let answer;
    solution.onResults(({ segmentationMask }) => {
      const { width, height } = segmentationMask;
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      context.drawImage(segmentationMask, 0, 0);
      answer = { width, height, alpha: Array.from(context.getImageData(0, 0, width, height).data).filter((_, i) => i % 4 === 3) };
    });
    await solution.send({ image });
    return answer;
  };`;

interface Mesh {
  readonly width: number;
  readonly height: number;
  readonly landmarks: readonly (readonly [number, number, number])[];
}

interface Mask {
  readonly width: number;
  readonly height: number;
  readonly alpha: readonly number[];
}

async function main(): Promise<void> {
  const server = createServer((request, response) => {
    const [path, solution] = (request.url ?? '/').slice(1).split('?') as [string, string?];
    try {
      response.setHeader('content-type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
      if (path === '') response.end(`<!doctype html><script src="/${solution}/${solution}.js"></script>`);
      else
        response.end(
          readFileSync(path.startsWith('portrait/') ? portraitFile(path.slice(9)) : join(PACKAGES, path)),
        );
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  // The packages compute on WebGL; SwiftShader does so without a graphics card.
  const args = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const page = await browser.newPage();
  const ask = async <T>(solution: string, call: string): Promise<T> => {
    await page.goto(`http://127.0.0.1:${port}/?${solution}`);
    await page.addScriptTag({ content: PAGE_SCRIPT });
    return page.evaluate<T>(call);
  };

  mkdirSync(OUTPUT, { recursive: true });
  await recordMeshes(ask);
  await recordMasks(ask);
  await browser.close();
  server.close();
}

type Ask = <T>(solution: string, call: string) => Promise<T>;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
};

/** Pixels to two decimals, one portrait per line. */
async function recordMeshes(ask: Ask): Promise<void> {
  const lines: string[] = [];
  for (const name of MESH_PORTRAITS) {
    const { width, height, landmarks } = await ask<Mesh>('face_mesh', `mesh('${name}.jpg')`);
    const pixels = landmarks.map(([x, y, z]) =>
      [x * width, y * height, z * width].map((v) => Math.round(v * 100) / 100),
    );
    lines.push(`"${name}": ${JSON.stringify(pixels)}`);
  }
  writeFileSync(join(OUTPUT, 'landmarks.json'), `{\n${lines.join(',\n')}\n}\n`);
}

async function recordMasks(ask: Ask): Promise<void> {
  for (const name of MASK_PORTRAITS) {
    const mask = await ask<Mask>('selfie_segmentation', `mask('${name}.jpg')`);
    const [width, height] = [mask.width / MASK_REDUCTION, mask.height / MASK_REDUCTION];
    const png = new PNG({ width, height, colorType: 0, inputColorType: 0, inputHasAlpha: false });
    png.data = Buffer.from(
      Array.from({ length: width * height }, (_, i) =>
        Math.round(blockMean(mask, i % width, Math.floor(i / width))),
      ),
    );
    writeFileSync(
      join(OUTPUT, `${name}-mask.png`),
      PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false }),
    );
  }
}

function blockMean({ width, alpha }: Mask, blockX: number, blockY: number): number {
  let sum = 0;
  for (let y = 0; y < MASK_REDUCTION; y++) {
    for (let x = 0; x < MASK_REDUCTION; x++) {
      sum += alpha[(blockY * MASK_REDUCTION + y) * width + blockX * MASK_REDUCTION + x]!;
    }
  }
  return sum / MASK_REDUCTION ** 2;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
