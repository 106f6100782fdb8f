/**
 * The camera component's context: one photo, and frames for the live hint. Never mirrors a selfie: the rules forbid
 * any mirroring, and `selfieMirror` is true unless it is said otherwise.
 */
import { promised } from './promised';
import { withinPatience } from './within-patience';

export type CameraSide = 'back' | 'front';

/** Developers report cameras that call back neither success nor failure; a slow phone's photo takes some seconds. */
const PATIENCE_MS = 15_000;

/**
 * Takes one photo.
 * @returns the temporary file; JPEG on Android, PNG on iOS
 * @throws PlatformError camera-unavailable, also where the camera never answers
 */
export function takePhoto(): Promise<string> {
  return withinPatience(PATIENCE_MS, 'camera-unavailable', async () => {
    const { tempImagePath } = await promised<{ tempImagePath: string }>((done) => {
      wx.createCameraContext().takePhoto({
        quality: 'high',
        selfieMirror: false,
        success: (result) => {
          done.success({ tempImagePath: result.tempImagePath });
        },
        fail: done.fail,
      });
    }, 'camera-unavailable');
    return tempImagePath;
  });
}

export interface CameraFrame {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Listens to frames until the returned function is called. */
export function listenToFrames(onFrame: (frame: CameraFrame) => void): () => void {
  const listener = wx.createCameraContext().onCameraFrame(({ data, width, height }) => {
    onFrame({ data: new Uint8ClampedArray(data), width, height });
  });
  listener.start();
  return () => {
    listener.stop();
  };
}
