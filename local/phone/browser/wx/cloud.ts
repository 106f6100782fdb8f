/** `wx.cloud` on the embedded cloud, over the phone's network, with the phone's identity. */
import { CloudError, type CloudClient } from '../phone/cloud-client';
import { type Phone } from '../phone/phone';
import { type CallOptions, call, failureOf, WxFailure } from './api';
import { requireNetwork } from './network';

interface UploadOptions extends CallOptions {
  readonly cloudPath: string;
  readonly filePath: string;
}

interface Progress {
  readonly progress: number;
  readonly totalBytesSent: number;
  readonly totalBytesExpectedToSend: number;
}

/** WeChat's codes for trouble on the way and for a call that was given up. */
const NETWORK_ERROR = -404011;

export function cloudFunctions(phone: Phone): Record<string, unknown> {
  const client = phone.cloud;
  const cloud: Record<string, unknown> = {
    init: () => undefined,
    callFunction: call<{ readonly name: string; readonly data?: unknown }>(
      'cloud.callFunction',
      async ({ name, data }) => {
        const result = await onNetwork(phone, (signal) => client.callFunction(name, data ?? {}, signal));
        return { result, requestID: crypto.randomUUID() };
      },
    ),
    uploadFile: (options: UploadOptions) => upload(phone, client, options),
    downloadFile: call<{ readonly fileID: string }>('cloud.downloadFile', async ({ fileID }) => {
      const blob = await onNetwork(phone, () => client.downloadFile(fileID));
      const extension = fileID.split('.').at(-1) ?? 'bin';
      return { tempFilePath: await phone.files.addTemporary(blob, extension), statusCode: 200 };
    }),
    getTempFileURL: call<{ readonly fileList: readonly (string | { readonly fileID: string })[] }>(
      'cloud.getTempFileURL',
      async ({ fileList }) => ({
        fileList: await onNetwork(phone, () =>
          client.getTempFileURL(fileList.map((item) => (typeof item === 'string' ? item : item.fileID))),
        ),
      }),
    ),
    deleteFile: call<{ readonly fileList: readonly string[] }>('cloud.deleteFile', async ({ fileList }) => ({
      fileList: await onNetwork(phone, () => client.deleteFile(fileList)),
    })),
  };
  const missing = new Proxy(cloud, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return target[name as string];
      return () => {
        throw new Error(`wx.cloud.${name} is not part of the browser phone`);
      };
    },
  });
  return { cloud: missing };
}

/** An upload is a task: it reports progress and can be given up; without callbacks it is a promise too. */
function upload(phone: Phone, client: CloudClient, options: UploadOptions): object {
  const controller = new AbortController();
  const listeners = new Set<(progress: Progress) => void>();
  const run = async (): Promise<object> => {
    const file = phone.files.read(options.filePath);
    if (!file) throw new WxFailure(`file doesn't exist: ${options.filePath}`, { errCode: -404_010 });
    const request = {
      cloudPath: options.cloudPath,
      file: file.blob,
      onProgress: (sent: number, total: number) => {
        const progress = {
          progress: Math.round((100 * sent) / Math.max(1, total)),
          totalBytesSent: sent,
          totalBytesExpectedToSend: total,
        };
        for (const listener of listeners) listener(progress);
      },
    };
    return onNetwork(phone, (signal) => client.uploadFile({ ...request, signal }), controller);
  };
  const task = {
    abort: () => {
      controller.abort(new WxFailure('abort'));
    },
    onProgressUpdate: (listener: (progress: Progress) => void) => listeners.add(listener),
    offProgressUpdate: (listener: (progress: Progress) => void) => listeners.delete(listener),
    onHeadersReceived: () => undefined,
    offHeadersReceived: () => undefined,
  };
  const promise = call('cloud.uploadFile', run)(callbacksOf(options));
  return promise ? Object.assign(promise, task) : task;
}

function callbacksOf({ success, fail, complete }: CallOptions): CallOptions {
  return { ...(success && { success }), ...(fail && { fail }), ...(complete && { complete }) };
}

/** Runs a call that fails as soon as the network goes away, also in the middle. */
async function onNetwork<T>(
  phone: Phone,
  run: (signal: AbortSignal) => Promise<T>,
  controller = new AbortController(),
): Promise<T> {
  requireNetwork(phone);
  const stopListening = phone.state.onChange((now) => {
    if (now.network === 'none')
      controller.abort(new WxFailure('network is not connected', { errno: 600_009 }));
  });
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => {
      reject(controller.signal.reason as Error);
    });
  });
  try {
    return await Promise.race([run(controller.signal), aborted]);
  } catch (error) {
    if (error instanceof WxFailure) throw error;
    if (error instanceof CloudError)
      throw new WxFailure(error.failure.errMsg, { errCode: error.failure.errCode });
    throw new WxFailure(`request:fail ${failureOf('cloud', error).errMsg}`, { errCode: NETWORK_ERROR });
  } finally {
    stopListening();
  }
}
