/**
 * Turns camera frames into the one hint on the screen. Takes a few frames a second, because a hint changes slowly and
 * a cheap phone has better things to do. The judging is in the kernel (`shared/framing/live-hint.ts`).
 */
import { CameraFrame, listenToFrames } from '../platform/camera';
import {
  FrameStatistics,
  LiveHint,
  NO_GUIDANCE,
  SamplingPlan,
  headInFrame,
  hintFor,
  measureFrame,
  nextGuidance,
  planSampling,
} from '../shared/framing/live-hint';
import { Overlay, Rectangle, overlayFor } from '../shared/framing/overlay';
import { PhotoStandard } from '../shared/photo-standard/photo-standard';
import { startFaceGuidance } from './face-guidance';

// Eight frames a second: the shortest time for which a hint must hold is then two or three frames.
const FRAME_INTERVAL_MS = 120;

export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

export interface LiveGuidance {
  readonly stop: () => void;
}

interface FramePlan {
  readonly width: number;
  readonly height: number;
  readonly head: Rectangle;
  readonly sampling: SamplingPlan;
}

/**
 * @param view the camera's view in px
 * @param withFaces also guide by the place of the face (off by default, see `config.ts`)
 * @param onHint called whenever the hint on the screen changes
 */
export function startLiveGuidance(
  standard: PhotoStandard,
  view: ViewSize,
  withFaces: boolean,
  onHint: (hint: LiveHint) => void,
): LiveGuidance {
  const overlay = overlayFor(standard, view);
  const faces = withFaces ? startFaceGuidance() : null;
  let plan: FramePlan | null = null;
  let previous: FrameStatistics | null = null;
  let guidance = NO_GUIDANCE;
  let last = -Infinity;
  const stopListening = listenToFrames((frame) => {
    const at = Date.now();
    if (at - last < FRAME_INTERVAL_MS) return;
    last = at;
    if (plan?.width !== frame.width || plan.height !== frame.height) {
      plan = planFor(frame, overlay, view);
      previous = null;
    }
    previous = measureFrame(frame.data, plan.sampling, previous);
    const position = faces?.hintFor(frame, plan.head) ?? null;
    const hint = hintFor(previous, guidance.shown, position);
    const next = nextGuidance(guidance, hint, at);
    if (next.shown !== null && next.shown !== guidance.shown) onHint(next.shown);
    guidance = next;
  });
  return {
    stop: () => {
      stopListening();
      faces?.stop();
    },
  };
}

function planFor({ width, height }: CameraFrame, overlay: Overlay, view: ViewSize): FramePlan {
  const head = headInFrame(overlay, view, { width, height });
  return { width, height, head, sampling: planSampling({ width, height }, head) };
}
