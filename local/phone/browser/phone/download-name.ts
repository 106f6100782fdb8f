/**
 * How a phone names a download that was given no path of its own: by the answer's Content-Type and nothing else. The
 * developer tools look at the address instead, which hides that a `.bin` is no picture to the album
 * (`saveImageToPhotosAlbum:fail invalid file type`; WeChat's community, threads of 2019-10 and 2021-08, read 2026-11).
 */

const EXTENSIONS = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['image/gif', 'gif'],
  ['text/plain', 'txt'],
  ['application/json', 'json'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
]);

export function extensionOfDownload(contentType: string | null): string {
  return EXTENSIONS.get(contentType?.split(';')[0]?.trim().toLowerCase() ?? '') ?? 'bin';
}

/** Whether the album takes a file of this name. */
export function isPictureName(path: string): boolean {
  return /\.(jpe?g|png|webp|gif)$/i.test(path);
}
