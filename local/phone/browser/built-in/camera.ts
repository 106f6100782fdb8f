/**
 * `<camera>`: the computer's webcam or a given picture, with the phone's privacy and permission questions
 * before it. Refuses to start where they are refused and says so by `error`, as WeChat does; the page must
 * re-create the component after the permission came back.
 */
import { CameraSource } from '../phone/camera-source';
import { type BuiltIn } from './define';

export const camera: BuiltIn = {
  tag: 'camera',
  properties: {
    mode: { type: String, value: 'normal' },
    resolution: { type: String, value: 'medium' },
    devicePosition: { type: String, value: 'back' },
    flash: { type: String, value: 'auto' },
    frameSize: { type: String, value: 'medium' },
  },
  setup(host, phone) {
    let source: CameraSource | undefined;
    let gone = false;
    const start = async (): Promise<void> => {
      const refusal =
        (await phone.authorization.requirePrivacy('camera')) ??
        (await phone.authorization.requirePermission('scope.camera'));
      if (gone) return;
      if (refusal) {
        const reason =
          refusal.kind === 'permission-refused' ? 'auth deny' : 'privacy permission is not authorized';
        host.trigger('error', { errMsg: `insertCamera:fail ${reason}` });
        return;
      }
      const opened = new CameraSource(phone, host.string('devicePosition') === 'front' ? 'front' : 'back');
      source = opened;
      host.element.prepend(opened.video);
      if (!(await run(opened))) return;
      phone.cameras.add(opened);
      opened.frameSize = host.value('frameSize') as 'small' | 'medium' | 'large';
      host.trigger('initdone', { maxZoom: opened.maximumZoom });
      if (host.string('mode') === 'scanCode') void scan();
    };
    /** @returns whether the camera runs and the page still wants it */
    const run = async (opened: CameraSource): Promise<boolean> => {
      try {
        await opened.start();
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'no camera';
        if (!gone) host.trigger('error', { errMsg: `insertCamera:fail ${reason}` });
        return false;
      }
      return !gone;
    };
    const scan = async (): Promise<void> => {
      while (!gone && source) {
        const code = await source.look();
        if (code) host.trigger('scancode', { type: 'qrcode', ...code });
        await new Promise((resolve) => window.setTimeout(resolve, 300));
      }
    };
    const stop = (): void => {
      if (!source) return;
      phone.cameras.delete(source);
      source.stop();
      source = undefined;
    };
    const hidden = (): void => {
      if (!source) return;
      // WeChat stops the camera when the app goes to the background.
      host.trigger('stop');
      source.pause();
    };
    const shown = (): void => {
      if (source) void run(source);
    };
    return {
      attached: () => {
        phone.app.on('hide', hidden);
        phone.app.on('show', shown);
        void start();
      },
      detached: () => {
        gone = true;
        phone.app.off('hide', hidden);
        phone.app.off('show', shown);
        stop();
      },
      on: {
        devicePosition: (position: string) => {
          void source?.face(position === 'front' ? 'front' : 'back');
        },
        frameSize: (size: 'small' | 'medium' | 'large') => {
          if (source) source.frameSize = size;
        },
      },
    };
  },
};
