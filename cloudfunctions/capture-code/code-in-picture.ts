/** What was read from a picture. A code is only bytes here: whether it means anything, its resolver says. */

/** How a code was found, in the order of the attempts; for measurements and logs. */
export const READING_STAGES = [
  'as-sent', // the file as it is
  'on-white', // pixels laid on white, for transparent pictures and files that only the second decoder opens
  'enlarged', // twice the size, noise closed
  'reduced', // half the size, noise closed; instead of enlarging where the picture is large
  'smoothed', // slightly blurred
  'dark-page', // the dark page around a code without a quiet zone made white
  'second-engine', // WeChat's own decoder, where the setting allows it
] as const;
export type ReadingStage = (typeof READING_STAGES)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface CodeInPicture {
  /** Exactly the bytes of the code; never logged. */
  readonly payload: Uint8Array;
  readonly stage: ReadingStage;
  /**
   * Top left, top right, bottom right, bottom left of the code itself (it may be turned), as fractions 0–1 of the
   * stored picture's width and height; absent where the engine does not say.
   */
  readonly corners?: readonly [Point, Point, Point, Point];
}
