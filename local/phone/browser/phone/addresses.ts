/** Turns any source that mini program code may name into an address that the browser loads. */
import { temporaryLink } from '../wx/cloud';
import { type Phone } from './phone';

export async function addressOf(phone: Phone, source: string): Promise<string> {
  if (/^(data|blob|https?):/.test(source)) return phone.cloud.address(source);
  if (source.startsWith('wxfile://')) {
    const address = phone.files.addressOf(source);
    if (address === undefined) throw new Error(`file not found: ${source}`);
    return address;
  }
  if (source.startsWith('cloud://')) {
    return temporaryLink(phone, source);
  }
  const page = phone.pages.top?.route ?? '';
  return new URL(source, `${location.origin}/package/${page}`).href.replace(
    /^(https?:\/\/[^/]+)\/(?!package\/)/,
    '$1/package/',
  );
}
