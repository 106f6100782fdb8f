import fc from 'fast-check';
import {
  type Guidance,
  LIVE_HINTS,
  type LiveHint,
  NO_GUIDANCE,
  headInFrame,
  hintFor,
  measureFrame,
  nextGuidance,
  planSampling,
} from '../../../miniprogram/shared/framing/live-hint';
import { overlayFor } from '../../../miniprogram/shared/framing/overlay';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { type FrameScene, frameOf } from '../../support/frame-builder';

const FRAME = { width: 480, height: 640 };
const VIEW = { width: 360, height: 480 };
const HEAD = headInFrame(overlayFor(photoStandardFor(), VIEW), VIEW, FRAME);
const PLAN = planSampling(FRAME, HEAD);
const measured = (scene: FrameScene = {}) => measureFrame(frameOf(HEAD, scene), PLAN, null);

describe('hint from one frame', () => {
  const cases: readonly (readonly [string, FrameScene, LiveHint])[] = [
    ['even light before a bright wall', {}, 'ready'],
    ['even light before a dark wall', { wall: 40 }, 'ready'],
    ['dark skin in good light before a white wall', { wall: 245, leftHalf: 95, rightHalf: 95 }, 'ready'],
    ['a window behind the head', { wall: 250, leftHalf: 30, rightHalf: 30 }, 'against-light'],
    ['a dark room', { wall: 70, leftHalf: 50, rightHalf: 50 }, 'too-dark'],
    ['a lamp from the left', { leftHalf: 200, rightHalf: 110 }, 'uneven-light'],
    ['a lamp from the right', { leftHalf: 110, rightHalf: 200 }, 'uneven-light'],
  ];
  it.each(cases)('%s', (_name, scene, hint) => {
    expect(hintFor(measured(scene))).toBe(hint);
  });

  it('names the light before the place of the face, and the place before the shaking', () => {
    expect(hintFor(measured({ wall: 70, leftHalf: 50, rightHalf: 50 }), null, 'step-back')).toBe('too-dark');
    expect(hintFor({ ...measured(), movement: 1 }, null, 'step-back')).toBe('step-back');
    expect(hintFor({ ...measured(), movement: 1 })).toBe('hold-still');
  });

  it('keeps a hint that is shown until the picture is clearly better', () => {
    const barely = { ...measured(), movement: 0.06 };
    expect(hintFor(barely)).toBe('ready');
    expect(hintFor(barely, 'hold-still')).toBe('hold-still');
    expect(hintFor({ ...measured(), movement: 0.04 }, 'hold-still')).toBe('ready');
  });
});

describe('movement', () => {
  const still = measured({ bars: true });
  const after = (scene: FrameScene) =>
    measureFrame(frameOf(HEAD, { bars: true, ...scene }), PLAN, still).movement;

  it('is none for the first frame and for an equal one', () => {
    expect(still.movement).toBe(0);
    expect(after({})).toBe(0);
  });

  it('grows with the shift', () => {
    expect(after({ shift: 4 })).toBeGreaterThan(0);
    expect(after({ shift: 10 })).toBeGreaterThan(after({ shift: 4 }));
  });

  it('does not take a new exposure for movement', () => {
    const darker = after({ wall: 100, leftHalf: 85, rightHalf: 85 });
    expect(darker).toBeLessThan(0.02);
  });
});

describe('place of the head in the frame', () => {
  it('lies in the middle whatever the shapes of view and frame', () => {
    const side = fc.integer({ min: 200, max: 1600 });
    fc.assert(
      fc.property(side, side, side, side, (viewWidth, viewHeight, width, height) => {
        const view = { width: viewWidth, height: viewHeight };
        const head = headInFrame(overlayFor(photoStandardFor(), view), view, { width, height });
        expect(head.left + head.width / 2).toBeCloseTo(width / 2, 3);
        expect(head.width).toBeGreaterThan(0);
        expect(head.width).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('reads only pixels of the frame, for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 900 }), fc.integer({ min: 16, max: 900 }), (width, height) => {
        const plan = planSampling({ width, height }, { left: 0, top: 0, width, height });
        expect(plan.offsets.length).toBeGreaterThan(0);
        expect(plan.offsets[plan.offsets.length - 1]!).toBeLessThanOrEqual((width * height - 1) * 4);
      }),
      { numRuns: 40 },
    );
  });
});

describe('guidance over time', () => {
  const play = (steps: readonly (readonly [number, LiveHint])[]): Guidance =>
    steps.reduce((guidance, [at, hint]) => nextGuidance(guidance, hint, at), NO_GUIDANCE);

  it('shows nothing that lasted one frame only', () => {
    expect(play([[0, 'too-dark']]).shown).toBeNull();
    const flicker = play([
      [0, 'too-dark'],
      [200, 'ready'],
      [400, 'too-dark'],
      [600, 'ready'],
    ]);
    expect(flicker.shown).toBeNull();
  });

  it('shows a hint that holds, and "ready" later than a problem', () => {
    const held = (hint: LiveHint, until: number) =>
      play([
        [0, hint],
        [until, hint],
      ]).shown;
    expect(held('too-dark', 300)).toBe('too-dark');
    expect(held('ready', 300)).toBeNull();
    expect(held('ready', 700)).toBe('ready');
  });

  it('never replaces a hint before it could be read', () => {
    const hint = fc.constantFrom(...LIVE_HINTS);
    const steps = fc.array(fc.tuple(fc.integer({ min: 10, max: 400 }), hint), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (frames) => {
        let guidance = NO_GUIDANCE;
        let at = 0;
        let changedAt = -Infinity;
        for (const [wait, next] of frames) {
          at += wait;
          const after = nextGuidance(guidance, next, at);
          if (after.shown !== guidance.shown) {
            expect(at - changedAt).toBeGreaterThanOrEqual(900);
            changedAt = at;
          }
          guidance = after;
        }
      }),
    );
  });
});
