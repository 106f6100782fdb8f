/**
 * Optional guidance on the place of the face by WeChat's VisionKit, off unless the deployment turns it on
 * (`config.ts` says why). Looks for faces in frames on the phone; no frame and no landmark leaves it.
 */
import { CameraFrame } from '../platform/camera';
import { Rectangle } from '../shared/framing/overlay';

export interface FaceGuidance {
  /** Gives VisionKit one frame; the answer arrives later. */
  readonly look: (frame: CameraFrame) => void;
  /** The faces of the newest answer, in frame pixels; null before the first one. */
  readonly faces: () => readonly Rectangle[] | null;
  readonly stop: () => void;
}

interface FaceAnchor {
  readonly origin: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
}

// The guide's own value: below it VisionKit sees faces in curtains.
const SCORE = 0.8;

/** Starts VisionKit; null where this phone has none. */
export function startFaceGuidance(): FaceGuidance | null {
  if (typeof wx.createVKSession !== 'function') return null;
  // Mode 2: pictures are handed in by us. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/visionkit/face.html
  // The typings ask for a plane tracker that faces do not need.
  const options = { track: { face: { mode: 2 } }, version: 'v1' } as Parameters<typeof wx.createVKSession>[0];
  const session = wx.createVKSession(options);
  let anchors: readonly FaceAnchor[] | null = null;
  let size = { width: 1, height: 1 };
  session.on('updateAnchors', (found: readonly FaceAnchor[]) => {
    anchors = found;
  });
  session.on('removeAnchors', () => {
    anchors = [];
  });
  session.start(() => undefined);
  return {
    look: ({ data, width, height }) => {
      size = { width, height };
      session.detectFace({
        frameBuffer: data.buffer,
        width,
        height,
        scoreThreshold: SCORE,
        sourceType: 0,
        modelModel: 1,
      });
    },
    faces: () =>
      anchors?.map(({ origin, size: box }) => ({
        left: origin.x * size.width,
        top: origin.y * size.height,
        width: box.width * size.width,
        height: box.height * size.height,
      })) ?? null,
    stop: () => {
      session.destroy();
    },
  };
}
