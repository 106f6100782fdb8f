/** How the browser phone names a download, and which names its album takes. */
import { extensionOfDownload, isPictureName } from '../../../../local/phone/browser/phone/download-name';

test.each([
  ['image/jpeg', 'jpg'],
  ['image/PNG; charset=binary', 'png'],
  ['application/octet-stream', 'bin'],
  ['constructor', 'bin'],
  ['', 'bin'],
  [null, 'bin'],
])('a download of the type %s ends in .%s', (type, extension) => {
  expect(extensionOfDownload(type)).toBe(extension);
});

test('the album takes names of pictures only', () => {
  expect(['wxfile://tmp_1.jpg', 'a.JPEG', 'a.png'].every(isPictureName)).toBe(true);
  expect(['wxfile://tmp_1.bin', 'a', 'jpg'].some(isPictureName)).toBe(false);
});
