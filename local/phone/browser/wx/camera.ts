/** `wx.createCameraContext`: photos and frames of the camera that runs on the page. */
import { type CameraFrame, type CameraSource } from '../phone/camera-source';
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';

interface TakePhotoOptions {
  readonly quality?: 'high' | 'normal' | 'low' | 'original';
  readonly selfieMirror?: boolean;
}

export function cameraFunctions(phone: Phone): Record<string, unknown> {
  const running = (): CameraSource => {
    const [camera] = phone.cameras;
    if (!camera) throw new WxFailure('camera is not running');
    return camera;
  };
  const context = {
    takePhoto: call<TakePhotoOptions>('takePhoto', async ({ quality = 'normal', selfieMirror = true }) => {
      const photo = await running().takePhoto({ quality, mirror: selfieMirror });
      const extension = photo.type === 'image/png' ? 'png' : 'jpg';
      return { tempImagePath: await phone.files.addTemporary(photo, extension) };
    }),
    setZoom: call<{ readonly zoom: number }>('setZoom', ({ zoom }) => ({ zoom: running().setZoom(zoom) })),
    startRecord: call('startRecord', () => {
      throw new WxFailure('the browser phone records no video');
    }),
    onCameraFrame: (listener: (frame: CameraFrame) => void) => {
      let stop: (() => void) | undefined;
      return {
        start: call('start', async () => {
          stop?.();
          stop = (await firstCamera(phone)).onFrame(listener);
          return undefined;
        }),
        stop: call('stop', () => {
          stop?.();
          stop = undefined;
          return undefined;
        }),
      };
    },
  };
  return { createCameraContext: () => context };
}

/** A page may start listening while its camera is still being opened. */
async function firstCamera(phone: Phone): Promise<CameraSource> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const [camera] = phone.cameras;
    if (camera) return camera;
    await new Promise((resolve) => window.setTimeout(resolve, 100));
  }
  throw new WxFailure('camera is not running');
}
