/** Downloads and requests over the phone's network, which may be slow or gone. */
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

interface DownloadOptions {
  readonly url: string;
  readonly filePath?: string;
}

export function networkFunctions(phone: Phone): Record<string, unknown> {
  return {
    downloadFile: call<DownloadOptions>('downloadFile', async ({ url, filePath }) => {
      requireNetwork(phone);
      const response = await phone.cloud
        .run(() => fetch(phone.cloud.address(url)))
        .catch(() => {
          throw new WxFailure('connect error', { errno: 600_001 });
        });
      const blob = await response.blob();
      const extension = new URL(url, location.href).pathname.split('.').at(-1) ?? 'bin';
      const path = filePath ?? (await phone.files.addTemporary(blob, extension));
      if (filePath !== undefined) await phone.files.write(filePath, blob);
      return { statusCode: response.status, tempFilePath: path, filePath: path };
    }),
  };
}

/** @throws WxFailure as a phone in flight mode does */
export function requireNetwork(phone: Phone): void {
  if (!phone.state.online) throw new WxFailure('network is not connected', { errno: 600_009 });
}
