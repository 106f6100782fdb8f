/**
 * Reads a picture that a command was given, as all commands do. Its size is asked for first: a folder of a phone holds
 * videos, Node reads no file above 2 GiB, and no function would take one of them. Refuses to look inside.
 */
import { readFileSync, statSync } from 'node:fs';
import { type PictureLimits } from '../../../cloudfunctions/picture-header/acceptable-picture';
import { DomainError } from '../../../miniprogram/shared/errors';

/**
 * @param limits those of the function that such a picture is for
 * @throws DomainError IMAGE_TOO_LARGE_BYTES, before anything is read
 * @throws Node's error for a file that cannot be read
 */
export function readPictureFile(path: string, { maximumBytes }: Pick<PictureLimits, 'maximumBytes'>): Buffer {
  const { size } = statSync(path);
  if (size > maximumBytes) {
    throw new DomainError('IMAGE_TOO_LARGE_BYTES', { bytes: size, maximum: maximumBytes });
  }
  return readFileSync(path);
}
