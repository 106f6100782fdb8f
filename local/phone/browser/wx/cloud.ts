/** `wx.cloud` on the embedded cloud, over the phone's network, with the phone's identity. */
import { CloudClientError } from '../../../cloud/cloud-client';
import { NoNetwork } from '../phone/cloud-connection';
import { extensionOfDownload } from '../phone/download-name';
import { type Phone } from '../phone/phone';
import { type CallOptions, call, throwMissing, WxFailure } from './api';

interface UploadOptions extends CallOptions {
  readonly cloudPath: string;
  readonly filePath: string;
}

interface UploadProgress {
  readonly progress: number;
  readonly totalBytesSent: number;
  readonly totalBytesExpectedToSend: number;
}

type FileList = readonly (string | { readonly fileID: string })[];

export function cloudFunctions(phone: Phone): Record<string, unknown> {
  const { client } = phone.cloud;
  const cloud = {
    init: () => undefined,
    callFunction: call<{ readonly name: string; readonly data?: object }>(
      'cloud.callFunction',
      async ({ name, data = {} }) => {
        const { result, requestId } = await onNetwork(phone, () => client.callFunction(name, data));
        return { result, requestID: requestId };
      },
    ),
    uploadFile: (options: UploadOptions) => upload(phone, options),
    downloadFile: call<{ readonly fileID: string }>('cloud.downloadFile', async ({ fileID }) => {
      const link = await temporaryLink(phone, fileID);
      const response = await onNetwork(phone, () => fetch(link));
      if (!response.ok) throw new WxFailure('STORAGE_REQUEST_FAIL', { errCode: -503_001 });
      const extension = extensionOfDownload(response.headers.get('content-type'));
      const tempFilePath = await phone.files.addTemporary(await response.blob(), extension);
      return { tempFilePath, statusCode: response.status };
    }),
    getTempFileURL: call<{ readonly fileList: FileList }>('cloud.getTempFileURL', async ({ fileList }) => {
      const links = await onNetwork(phone, () => client.getTempFileURL(fileList.map(idOf)));
      return {
        fileList: links.map(({ fileID, code, tempFileURL, maxAge }) => ({
          fileID,
          tempFileURL,
          maxAge,
          status: code === 'SUCCESS' ? 0 : -503_001,
          errMsg: code === 'SUCCESS' ? 'ok' : code,
        })),
      };
    }),
    deleteFile: call<{ readonly fileList: readonly string[] }>('cloud.deleteFile', async ({ fileList }) => {
      const deleted = await onNetwork(phone, () => client.deleteFile(fileList));
      return {
        fileList: deleted.map(({ fileID, code }) => ({
          fileID,
          status: code === 'SUCCESS' ? 0 : -503_001,
          errMsg: code === 'SUCCESS' ? 'ok' : code,
        })),
      };
    }),
  };
  return { cloud: throwMissing('wx.cloud', cloud) };
}

/** An address for a stored file that this document may read. @throws WxFailure when there is no such file */
export async function temporaryLink(phone: Phone, fileID: string): Promise<string> {
  const [link] = await onNetwork(phone, () => phone.cloud.client.getTempFileURL([fileID]));
  if (link?.code !== 'SUCCESS')
    throw new WxFailure(link?.code ?? 'STORAGE_FILE_NONEXIST', { errCode: -503_003 });
  return phone.cloud.address(link.tempFileURL);
}

/** An upload is a task: it reports progress and can be given up; without callbacks it is a promise too. */
function upload(phone: Phone, options: UploadOptions): object {
  const giveUp = new AbortController();
  const listeners = new Set<(progress: UploadProgress) => void>();
  const report = (sent: number, total: number): void => {
    const progress = {
      progress: Math.round((100 * sent) / Math.max(1, total)),
      totalBytesSent: Math.round(sent),
      totalBytesExpectedToSend: total,
    };
    for (const listener of listeners) listener(progress);
  };
  const run = async (): Promise<object> => {
    const file = phone.files.read(options.filePath);
    if (!file) throw new WxFailure(`no such file: ${options.filePath}`, { errCode: -404_010 });
    await onNetwork(
      phone,
      () => phone.cloud.transfer(file.bytes.byteLength, report, giveUp.signal),
      giveUp.signal,
    );
    const { fileID } = await onNetwork(
      phone,
      () => phone.cloud.client.uploadFile(options.cloudPath, file.blob),
      giveUp.signal,
    );
    return { fileID, statusCode: 200 };
  };
  const task = {
    abort: () => {
      giveUp.abort(new WxFailure('abort'));
    },
    onProgressUpdate: (listener: (progress: UploadProgress) => void) => listeners.add(listener),
    offProgressUpdate: (listener: (progress: UploadProgress) => void) => listeners.delete(listener),
    onHeadersReceived: () => undefined,
    offHeadersReceived: () => undefined,
  };
  const promise = call('cloud.uploadFile', run)(callbacksOf(options));
  return promise ? Object.assign(promise, task) : task;
}

function callbacksOf({ success, fail, complete }: CallOptions): CallOptions {
  return { ...(success && { success }), ...(fail && { fail }), ...(complete && { complete }) };
}

function idOf(item: FileList[number]): string {
  return typeof item === 'string' ? item : item.fileID;
}

/** Gives failures the form that `wx.cloud` gives them: a number and a text. */
async function onNetwork<T>(phone: Phone, request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await phone.cloud.run(request, signal);
  } catch (error) {
    if (error instanceof NoNetwork) {
      // -404011 is the client SDK's number for trouble on the way (cloud base error code table).
      throw new WxFailure('Error: errCode: -404011 | errMsg: network is not connected', {
        errCode: -404_011,
      });
    }
    if (error instanceof CloudClientError) {
      const reason = `Error: errCode: ${error.errCode} ${error.code} | errMsg: ${error.errMsg}`;
      throw new WxFailure(reason, { errCode: error.errCode });
    }
    throw error;
  }
}
