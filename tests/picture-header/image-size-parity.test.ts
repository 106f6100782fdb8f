import { imageSize } from 'image-size';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPictureHeader } from '../../cloudfunctions/picture-header/read-picture-header';
import { sharedData } from '../support/shared-data';

/** An independent reader of sizes and orientations has to agree on every real picture at hand. */
const folders = [
  'qr/zxing/qrcode-1',
  'qr/zxing/qrcode-6',
  'qr/zxingcpp/qrcode-2',
  'qr/generated/shot',
  'qr/generated/photo',
  'portraits/full',
  'rendered',
];

test.each(folders)('agrees with image-size on %s', (folder) => {
  const path = sharedData(folder);
  if (path === undefined) return;
  for (const name of readdirSync(path)) {
    if (!/\.(jpe?g|png|webp|gif|bmp)$/i.test(name)) continue;
    const bytes = readFileSync(join(path, name));
    const expected = imageSize(bytes);
    expect({ name, ...readPictureHeader(bytes) }).toMatchObject({
      name,
      kind: 'picture',
      width: expected.width,
      height: expected.height,
      exifOrientation: expected.orientation ?? 1,
    });
  }
});
