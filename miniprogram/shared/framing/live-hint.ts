/**
 * The one hint that the camera page shows while the person is getting ready, from plain statistics of camera frames:
 * too dark, against the light, uneven light, shaking, else ready. It looks for no face (WeChat restricts that to
 * programs with its own face verification) but reads the light where the outline asks the head to be.
 * Refuses to judge: a hint never keeps anybody from shooting, and the photo itself is judged in the cloud.
 */
import { CHECK_RULES } from '../verdict/check-rules';
import { Overlay, Rectangle } from './overlay';

/** In the order of urgency: light first, because a well-placed head in bad light is a retake. */
export const LIVE_HINTS = [
  'too-dark',
  'against-light',
  'uneven-light',
  'no-face',
  'several-people',
  'step-back',
  'come-closer',
  'move-to-middle',
  'hold-still',
  'ready',
] as const;
export type LiveHint = (typeof LIVE_HINTS)[number];

/** Hints about the place of the face; they come only from the optional face guidance. */
export type PositionHint = Extract<
  LiveHint,
  'no-face' | 'several-people' | 'step-back' | 'come-closer' | 'move-to-middle'
>;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which pixels of a frame are read and what each of them stands for. Made once per frame size. */
export interface SamplingPlan {
  /** Index of the pixel's red byte in the RGBA data. */
  readonly offsets: Int32Array;
  readonly regions: Uint8Array;
  readonly cells: Uint16Array;
}

/** Means of linear light (0–1), except `brightest`, which is a share of the display range. */
export interface FrameStatistics {
  readonly face: number;
  /** Share of the face whose light is at most a tenth of full light, as the check `not-backlit` counts it. */
  readonly darkFace: number;
  readonly surround: number;
  readonly leftCheek: number;
  readonly rightCheek: number;
  /** Luma (0–1) that the brightest tenth of the picture reaches. */
  readonly brightest: number;
  /** Share of the light that changed place since the frame before; 0 for the first frame. */
  readonly movement: number;
  /** Mean luma of each grid cell, for the movement of the next frame. */
  readonly grid: Float32Array;
}

const REGION = { none: 0, surround: 1, face: 2, leftCheek: 3, rightCheek: 4 } as const;
const GRID_COLUMNS = 24;
const GRID_ROWS = 32;
// About 100 × 133 samples see every patch with hundreds of pixels; more changes no mean by a hundredth.
const SAMPLES_ACROSS = 100;

/** The head's rectangle in a camera frame: the preview shows the frame's middle, filled to the edges of the view. */
export function headInFrame(overlay: Overlay, view: Size, frame: Size): Rectangle {
  const scale = Math.min(frame.width / view.width, frame.height / view.height);
  const left = (frame.width - view.width * scale) / 2;
  const top = (frame.height - view.height * scale) / 2;
  return {
    left: left + overlay.head.left * scale,
    top: top + overlay.head.top * scale,
    width: overlay.head.width * scale,
    height: overlay.head.height * scale,
  };
}

/** Chooses the samples for frames of this size with the head there, all in frame pixels. */
export function planSampling(frame: Size, head: Rectangle): SamplingPlan {
  const step = Math.max(1, Math.floor(Math.min(frame.width, frame.height) / SAMPLES_ACROSS));
  const columns = Math.floor(frame.width / step);
  const rows = Math.floor(frame.height / step);
  const offsets = new Int32Array(columns * rows);
  const regions = new Uint8Array(columns * rows);
  const cells = new Uint16Array(columns * rows);
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const x = column * step;
      const y = row * step;
      offsets[index] = (y * frame.width + x) * 4;
      regions[index] = regionAt((x - head.left) / head.width, (y - head.top) / head.height);
      cells[index] =
        Math.floor((row * GRID_ROWS) / rows) * GRID_COLUMNS + Math.floor((column * GRID_COLUMNS) / columns);
    }
  }
  return { offsets, regions, cells };
}

/** What a point stands for; u and v are 0–1 inside the head's rectangle. */
function regionAt(u: number, v: number): number {
  const insideHead = (u - 0.5) ** 2 + (v - 0.5) ** 2 <= 0.25;
  if (insideHead) {
    // The eyes stand at v ≈ .49 (163 of 335 px, see overlay.ts), so the cheeks are the band below them.
    // They keep away from the sides: a head 8 % of the picture beside the outline still fills them with skin.
    if (v > 0.52 && v < 0.74) {
      if (u > 0.26 && u < 0.42) return REGION.leftCheek;
      if (u > 0.58 && u < 0.74) return REGION.rightCheek;
    }
    // Forehead to mouth without the hair at the sides.
    return v > 0.3 && v < 0.85 && u > 0.22 && u < 0.78 ? REGION.face : REGION.none;
  }
  // Hair and collar reach beyond the ellipse; the background is what lies clearly outside it and above the shoulders.
  const clearlyOutside = ((u - 0.5) / 0.68) ** 2 + ((v - 0.5) / 0.62) ** 2 > 1;
  return clearlyOutside && v < 0.85 ? REGION.surround : REGION.none;
}

// sRGB byte → linear light, so that a ratio of means is a ratio of light.
const LINEAR = new Float32Array(256);
for (let byte = 0; byte < 256; byte++) {
  const value = byte / 255;
  LINEAR[byte] = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

// The check's own bound: L ≤ 25 of 255, in linear light.
const DARK_LIGHT = 25 / 255;

/**
 * Reads one RGBA frame.
 * @param data the frame's bytes; its size must be the one the plan was made for
 * @param previous the statistics of the frame before, for the movement
 */
export function measureFrame(
  data: Uint8Array | Uint8ClampedArray,
  plan: SamplingPlan,
  previous: Pick<FrameStatistics, 'grid'> | null,
): FrameStatistics {
  const { offsets, regions, cells } = plan;
  const light = new Float64Array(5);
  const counts = new Float64Array(5);
  const histogram = new Uint32Array(256);
  const grid = new Float32Array(GRID_COLUMNS * GRID_ROWS);
  const gridCounts = new Uint16Array(GRID_COLUMNS * GRID_ROWS);
  let darkFace = 0;
  for (let index = 0; index < offsets.length; index++) {
    const offset = offsets[index]!;
    const red = data[offset]!;
    const green = data[offset + 1]!;
    const blue = data[offset + 2]!;
    const luma = (red * 54 + green * 183 + blue * 19) >> 8;
    const region = regions[index]!;
    const cell = cells[index]!;
    const pixelLight = 0.2126 * LINEAR[red]! + 0.7152 * LINEAR[green]! + 0.0722 * LINEAR[blue]!;
    light[region]! += pixelLight;
    counts[region]! += 1;
    if (region >= REGION.face && pixelLight <= DARK_LIGHT) darkFace += 1;
    histogram[luma]! += 1;
    grid[cell]! += luma / 255;
    gridCounts[cell]! += 1;
  }
  for (let cell = 0; cell < grid.length; cell++) grid[cell]! /= Math.max(1, gridCounts[cell]!);
  const mean = (...wanted: readonly number[]): number =>
    wanted.reduce((sum, region) => sum + light[region]!, 0) /
    Math.max(
      1,
      wanted.reduce((sum, region) => sum + counts[region]!, 0),
    );
  return {
    face: mean(REGION.face, REGION.leftCheek, REGION.rightCheek),
    darkFace:
      darkFace / Math.max(1, counts[REGION.face]! + counts[REGION.leftCheek]! + counts[REGION.rightCheek]!),
    surround: mean(REGION.surround),
    leftCheek: mean(REGION.leftCheek),
    rightCheek: mean(REGION.rightCheek),
    brightest: brightestTenth(histogram, offsets.length),
    movement: previous === null ? 0 : movementBetween(previous.grid, grid),
    grid,
  };
}

function brightestTenth(histogram: Uint32Array, total: number): number {
  let above = 0;
  for (let luma = 255; luma >= 0; luma--) {
    above += histogram[luma]!;
    if (above >= total / 10) return luma / 255;
  }
  return 0;
}

/** Mean change of the cells as a share of the mean brightness, after the exposure's own change is taken out. */
function movementBetween(before: Float32Array, after: Float32Array): number {
  let sumBefore = 0;
  let sumAfter = 0;
  for (let cell = 0; cell < after.length; cell++) {
    sumBefore += before[cell]!;
    sumAfter += after[cell]!;
  }
  if (sumBefore === 0 || sumAfter === 0) return 0;
  const gain = sumAfter / sumBefore;
  let change = 0;
  for (let cell = 0; cell < after.length; cell++) change += Math.abs(after[cell]! - before[cell]! * gain);
  return change / sumAfter;
}

// Where the check asks for a retake, in stops between the cheeks.
const CHEEKS_AT_MOST = CHECK_RULES['even-light'].measures['cheeks']?.tolerated?.max ?? 0.7;

// A hint appears beyond the first number and goes only on the good side of the second: no flicker at the edge.
interface Threshold {
  readonly appears: number;
  readonly goes: number;
}

// Judged on the brightest tenth of the whole picture and never on the face: dark skin in good light is not darkness.
// A rendered portrait in a dark room reached .30, one lit from the side .51, 50 studio portraits at least .82.
const DARK: Threshold = { appears: 0.34, goes: 0.4 };
const BACKLIT_STOPS = -2;
// Before a white wall dark skin alone gives up to −3.5 stops (studio portraits), so the face must be nearly black too:
// those reached a share of .87 with the head in the outline, a rendered portrait against a window 1.00.
const DARK_FACE: Threshold = { appears: 0.95, goes: 0.85 };
// Darkness around the head means that the light does not come from there.
const BRIGHT_SURROUND = 0.3;
// 50 evenly lit studio portraits show at most .58 stop here, one lit from the side 3.2. A head beside the outline adds
// some unevenness of its own, so the hint starts a little beyond the check.
const UNEVEN_STOPS: Threshold = { appears: CHEEKS_AT_MOST * 1.3, goes: CHEEKS_AT_MOST };
// A shift by 1 % of the width between two frames changes .02–.03 of the light of a portrait before a plain wall, by
// 3 % .05–.09 (six pictures); before brick half as much again.
const MOVING: Threshold = { appears: 0.07, goes: 0.045 };

const stops = (one: number, other: number): number => Math.log2((one + 1e-4) / (other + 1e-4));

/**
 * The most urgent hint for one frame.
 * @param shown the hint on the screen, which is held a little longer than it would newly appear
 * @param position what the optional face guidance says, or null
 */
export function hintFor(
  frame: FrameStatistics,
  shown: LiveHint | null = null,
  position: PositionHint | null = null,
): LiveHint {
  const limit = (hint: LiveHint, threshold: Threshold): number =>
    shown === hint ? threshold.goes : threshold.appears;
  if (frame.brightest < limit('too-dark', DARK)) return 'too-dark';
  if (
    frame.surround > BRIGHT_SURROUND &&
    stops(frame.face, frame.surround) < BACKLIT_STOPS &&
    frame.darkFace > limit('against-light', DARK_FACE)
  ) {
    return 'against-light';
  }
  if (Math.abs(stops(frame.leftCheek, frame.rightCheek)) > limit('uneven-light', UNEVEN_STOPS))
    return 'uneven-light';
  if (position !== null) return position;
  return frame.movement > limit('hold-still', MOVING) ? 'hold-still' : 'ready';
}

/** What is shown and what is about to be; times in milliseconds of any steady clock. */
export interface Guidance {
  readonly shown: LiveHint | null;
  readonly shownAt: number;
  readonly candidate: LiveHint | null;
  readonly candidateSince: number;
}

export const NO_GUIDANCE: Guidance = { shown: null, shownAt: 0, candidate: null, candidateSince: 0 };

// Long enough to read a short line; a screen reader needs the same.
const SHOWN_AT_LEAST_MS = 900;
// A hint must hold this long before it is shown; "ready" longer, because it starts the vibration.
const HOLDS_MS: Record<'problem' | 'ready', number> = { problem: 300, ready: 700 };

/** Shows a new hint only when it has held for a while and the old one could be read. */
export function nextGuidance(guidance: Guidance, hint: LiveHint, at: number): Guidance {
  const candidateSince = guidance.candidate === hint ? guidance.candidateSince : at;
  const held = at - candidateSince >= HOLDS_MS[hint === 'ready' ? 'ready' : 'problem'];
  const readable = guidance.shown === null || at - guidance.shownAt >= SHOWN_AT_LEAST_MS;
  if (hint !== guidance.shown && held && readable) {
    return { shown: hint, shownAt: at, candidate: hint, candidateSince };
  }
  return { ...guidance, candidate: hint, candidateSince };
}
