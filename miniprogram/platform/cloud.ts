/** The three doors to the cloud: start it, call a function, upload a file. Refuses to interpret what comes back. */
import { promised } from './promised';

/** @param environment null: the environment that WeChat bound to this mini program first. */
export function startCloud(environment: string | null): void {
  wx.cloud.init({ traceUser: false, ...(environment !== null && { env: environment }) });
}

/** @throws PlatformError offline, timed-out, unexpected */
export async function callCloudFunction(name: string, data: object): Promise<unknown> {
  const { result } = await promised<{ result: unknown }>((done) => {
    wx.cloud.callFunction({
      name,
      data,
      success: (answer) => {
        done.success({ result: answer.result });
      },
      fail: done.fail,
    });
  });
  return result;
}

export interface RunningUpload {
  /** The stored file's id. Rejects as offline after `abort`: WeChat reports a cut connection in the same words. */
  readonly done: Promise<string>;
  readonly abort: () => void;
}

/** @param onProgress 0–100 */
export function uploadToCloud(
  cloudPath: string,
  filePath: string,
  onProgress: (percent: number) => void,
): RunningUpload {
  let task: WechatMiniprogram.UploadTask | undefined;
  const done = promised<{ fileID: string }>((callbacks) => {
    task = wx.cloud.uploadFile({ cloudPath, filePath, ...callbacks });
    // Older base libraries return nothing here.
    (task as WechatMiniprogram.UploadTask | undefined)?.onProgressUpdate(({ progress }) => {
      onProgress(progress);
    });
  }, 'offline').then(({ fileID }) => fileID);
  return {
    done,
    abort: () => {
      task?.abort();
    },
  };
}
