/**
 * `npm run gallery`: develops the committed portraits and draws, for each, original, result and the edge of the hair
 * three times enlarged, side by side into docs/gallery. Made to be looked at before a change is called good.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Jimp } from 'jimp';
import { createPhotoEngine } from '../cloudfunctions/photo-engine/photo-engine';
import { type Command, runWhenStarted } from '../local/cli/support/command';
import { EXIT } from '../local/cli/support/exit-code';
import { modelFolder } from '../local/cli/support/model-folder';
import { photoStandardFor } from '../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../miniprogram/shared/verdict/check-rules';

const USAGE = `Draws the sheets of docs/gallery anew, from the committed portraits.

  npm run gallery`;

const ROOT = resolve(__dirname, '..');
const PORTRAITS = ['f1_front', 'f2_front', 'm1_front', 'm2_front', 'm1_wall-brick'];
const HEIGHT = 640;
// The part of the result that is enlarged: hair, ear and cheek on the left of the picture.
const ZOOM = { x: 90, y: 60, w: 160, h: 213 };

export const galleryCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    parseArgs({ args: [...args], options: {} });
    const engine = createPhotoEngine({ modelFolder: modelFolder() });
    const folder = join(ROOT, 'docs', 'gallery');
    mkdirSync(folder, { recursive: true });
    for (const name of PORTRAITS) {
      const bytes = readFileSync(join(ROOT, 'tests/fixtures/portraits', `${name}.jpg`));
      const outcome = await engine.develop(bytes, { standard: photoStandardFor(), rules: CHECK_RULES });
      if (outcome.kind !== 'developed') throw new Error(`${name} was not developed`);
      const sheet = await contactSheet(bytes, outcome.jpeg);
      writeFileSync(join(folder, `${name}.jpg`), sheet);
      output.out(`docs/gallery/${name}.jpg`);
    }
    return EXIT.done;
  },
};

async function contactSheet(original: Uint8Array, result: Uint8Array): Promise<Buffer> {
  const before = (await Jimp.read(Buffer.from(original))).resize({ h: HEIGHT });
  const after = await Jimp.read(Buffer.from(result));
  const zoom = after.clone().crop(ZOOM).resize({ h: HEIGHT });
  const sheet = new Jimp({
    width: before.width + after.width + zoom.width,
    height: HEIGHT,
    color: 0xffffffff,
  });
  sheet.composite(before, 0, 0);
  sheet.composite(after, before.width, 0);
  sheet.composite(zoom, before.width + after.width, 0);
  return sheet.getBuffer('image/jpeg', { quality: 88 });
}

runWhenStarted(galleryCommand, __filename);
