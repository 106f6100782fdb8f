/**
 * WeChat's VisionKit looking for faces in frames on the phone; no frame and no landmark leaves it. Used only by the
 * optional face guidance (`config.ts` says why it is off).
 */
import { CameraFrame } from './camera';

/** Where a face is, in pixels of the frame that was looked at. */
export interface FaceBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface FaceTracker {
  /** Hands one frame over; the answer arrives later. */
  readonly look: (frame: CameraFrame) => void;
  /** The faces of the newest answer; null before the first one. */
  readonly faces: () => readonly FaceBox[] | null;
  readonly stop: () => void;
}

/** As VisionKit reports it, in shares of the frame. */
interface FaceAnchor {
  readonly origin: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
}

// The guide's own value: below it VisionKit sees faces in curtains.
const SCORE = 0.8;

/** Starts VisionKit; null where this phone has none. */
export function startFaceTracker(): FaceTracker | null {
  if (typeof wx.createVKSession !== 'function') return null;
  // Mode 2: pictures are handed in by us. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/visionkit/face.html
  // The typings ask for a plane tracker that faces do not need.
  const options = { track: { face: { mode: 2 } }, version: 'v1' } as Parameters<typeof wx.createVKSession>[0];
  const session = wx.createVKSession(options);
  let anchors: readonly FaceAnchor[] | null = null;
  let frame = { width: 1, height: 1 };
  session.on('updateAnchors', (found: readonly FaceAnchor[]) => {
    anchors = found;
  });
  session.on('removeAnchors', () => {
    anchors = [];
  });
  session.start(() => undefined);
  return {
    look: ({ data, width, height }) => {
      frame = { width, height };
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
      anchors?.map(({ origin, size }) => ({
        left: origin.x * frame.width,
        top: origin.y * frame.height,
        width: size.width * frame.width,
        height: size.height * frame.height,
      })) ?? null,
    stop: () => {
      session.destroy();
    },
  };
}
