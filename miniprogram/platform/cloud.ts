/** The three doors to the cloud: start it, call a function, upload a file. Refuses to interpret what comes back. */
import { promised } from './promised';
import { withinPatience } from './within-patience';

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
  /** The stored file's id. Rejects as offline after `abort`, in the words of a cut connection; late where WeChat says nothing. */
  readonly done: Promise<string>;
  readonly abort: () => void;
}

/**
 * `wx.cloud.uploadFile` has no time limit and takes none: one that stands still would stand for ever. A network that brings
 * less than a hundredth of a file in this time is no better than none.
 */
const STALLED_MS = 60_000;

/**
 * Uploads one file, and gives up one that stands still, as if the network had broken off.
 * @param onProgress 0–100
 */
export function uploadToCloud(
  cloudPath: string,
  filePath: string,
  onProgress: (percent: number) => void,
): RunningUpload {
  let task: WechatMiniprogram.UploadTask | undefined;
  const abort = (): void => {
    task?.abort();
  };
  const done = withinPatience(STALLED_MS, 'offline', async (moved) => {
    let furthest = 0;
    const { fileID } = await promised<{ fileID: string }>((callbacks) => {
      task = wx.cloud.uploadFile({ cloudPath, filePath, ...callbacks });
      // Older base libraries return nothing here.
      (task as WechatMiniprogram.UploadTask | undefined)?.onProgressUpdate(({ progress }) => {
        if (progress > furthest) moved();
        furthest = Math.max(furthest, progress);
        onProgress(progress);
      });
    }, 'offline');
    return fileID;
  });
  // Nobody waits for it any more; of one that failed by itself nothing is left to abort.
  done.catch(abort);
  return { done, abort };
}
