import { facePosition } from '../../../miniprogram/services/face-guidance';
import { startLiveGuidance } from '../../../miniprogram/services/live-guidance';
import { headInFrame } from '../../../miniprogram/shared/framing/live-hint';
import { overlayFor } from '../../../miniprogram/shared/framing/overlay';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';
import { type FrameScene, frameOf } from '../../support/frame-builder';

const HEAD = { left: 100, top: 100, width: 200, height: 260 };
/** A box as VisionKit gives it for a head that fills the outline, grown and moved. */
const face = (scale = 1, shift = 0) => {
  const width = 160 * scale;
  return { left: 200 + shift - width / 2, top: 150, width, height: width * 1.2 };
};

describe('the place of the face', () => {
  it.each([
    ['in its place', [face()], null],
    ['a little larger', [face(1.15)], null],
    ['nobody', [], 'no-face'],
    ['two people', [face(), face(1, 200)], 'several-people'],
    ['too close', [face(1.4)], 'step-back'],
    ['too far', [face(0.6)], 'come-closer'],
    ['beside the outline', [face(1, 90)], 'move-to-middle'],
  ] as const)('%s', (_name, faces, hint) => {
    expect(facePosition(faces, HEAD)).toBe(hint);
  });
});

describe('live guidance', () => {
  const VIEW = { width: 360, height: 480 };
  const SIZE = { width: 240, height: 320 };
  const HEAD_HERE = headInFrame(overlayFor(photoStandardFor(), VIEW), VIEW, SIZE);
  let phone: FakeWx;
  let send: (frame: { data: ArrayBufferLike; width: number; height: number }) => void;
  let stopped: boolean;

  beforeEach(() => {
    jest.useFakeTimers();
    stopped = false;
    phone = installFakeWx({
      createCameraContext: () => ({
        onCameraFrame: (listener: typeof send) => {
          send = listener;
          return { start: () => undefined, stop: () => (stopped = true) };
        },
      }),
    });
  });
  afterEach(() => {
    phone.remove();
    jest.useRealTimers();
  });

  /** Frames of one scene, thirty a second. */
  function play(scene: FrameScene, milliseconds: number): void {
    const { data } = { data: frameOf(HEAD_HERE, { ...SIZE, ...scene }).buffer };
    for (let passed = 0; passed < milliseconds; passed += 33) {
      jest.advanceTimersByTime(33);
      send({ data, ...SIZE });
    }
  }

  it('says one thing at a time and only when it changes', () => {
    const hints: string[] = [];
    const guidance = startLiveGuidance(photoStandardFor(), VIEW, false, (hint) => hints.push(hint));
    play({ wall: 70, leftHalf: 50, rightHalf: 50 }, 2_000);
    play({}, 3_000);
    expect(hints).toEqual(['too-dark', 'ready']);
    guidance.stop();
    expect(stopped).toBe(true);
  });

  it('goes on when the camera changes the size of its frames', () => {
    const hints: string[] = [];
    startLiveGuidance(photoStandardFor(), VIEW, false, (hint) => hints.push(hint));
    play({}, 1_500);
    const other = { width: 480, height: 640 };
    const head = headInFrame(overlayFor(photoStandardFor(), VIEW), VIEW, other);
    const dark = frameOf(head, { wall: 70, leftHalf: 50, rightHalf: 50 });
    for (let frame = 0; frame < 40; frame += 1) {
      jest.advanceTimersByTime(50);
      send({ data: dark.buffer, ...other });
    }
    expect(hints).toEqual(['ready', 'too-dark']);
  });

  it('starts no face detection unless the deployment asks for it', () => {
    phone.add({
      createVKSession: () => {
        throw new Error('VisionKit was started');
      },
    });
    expect(() => startLiveGuidance(photoStandardFor(), VIEW, false, () => undefined)).not.toThrow();
  });
});
