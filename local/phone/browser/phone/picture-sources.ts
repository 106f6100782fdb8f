/**
 * Where pictures come from: webcam or a given file for the camera, a file chooser or given files for
 * album and chat. Hands over blobs and bitmaps; decides nothing about permissions.
 */
import { element } from '../screen/screen';
import { type PhoneState } from './phone-state';

export class PictureSources {
  constructor(private readonly state: PhoneState) {}

  /**
   * Pictures for `wx.chooseMedia` and its kin: those set for the phone, else the computer's file chooser.
   * @returns an empty list when the person cancelled
   */
  async choose(maximum: number, accept: string): Promise<File[]> {
    const given = this.state.settings.chooserPictures;
    if (given.length > 0) return Promise.all(given.slice(0, maximum).map((address) => fetchFile(address)));
    return new Promise((resolve) => {
      const input = element('input', 'phone-chooser');
      input.type = 'file';
      input.accept = accept;
      input.multiple = maximum > 1;
      input.setAttribute('aria-label', '选择图片');
      const finish = (files: File[]): void => {
        input.remove();
        resolve(files);
      };
      input.addEventListener('change', () => {
        finish([...(input.files ?? [])].slice(0, maximum));
      });
      input.addEventListener('cancel', () => {
        finish([]);
      });
      document.body.append(input);
      input.click();
    });
  }
}

/** Loads a picture by address, as a file with a name. */
export async function fetchFile(address: string): Promise<File> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the phone could not load a picture: ${response.status}`);
  const blob = await response.blob();
  const name = decodeURIComponent(new URL(address, location.href).pathname.split('/').at(-1) ?? 'picture');
  return new File([blob], name, { type: blob.type });
}
