/** Downloads and requests over the phone's network, which may be slow or gone. */
import { extensionOfDownload } from '../phone/download-name';
import { USER_DATA_PATH } from '../phone/file-store';
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
      const { status: statusCode } = response;
      // Whatever was answered is stored; with a path of one's own there is no temporary one.
      if (filePath !== undefined) {
        if (!filePath.startsWith(`${USER_DATA_PATH}/`))
          throw new WxFailure(`permission denied, open '${filePath}'`, { errno: 1_300_013 });
        phone.files.writeBytes(filePath, new Uint8Array(await blob.arrayBuffer()));
        return { statusCode, filePath };
      }
      const extension = extensionOfDownload(response.headers.get('content-type'));
      return { statusCode, tempFilePath: await phone.files.addTemporary(blob, extension) };
    }),
  };
}

/** @throws WxFailure as a phone in flight mode does */
export function requireNetwork(phone: Phone): void {
  if (!phone.state.online) throw new WxFailure('network is not connected', { errno: 600_009 });
}
