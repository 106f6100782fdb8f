/**
 * The names of everything that is judged about a photo, in the order in which a person should read it:
 * what makes judging impossible first, matters of taste last.
 * Refuses to hold thresholds (`check-rules.ts`) and words (`miniprogram/copy/`).
 */

export const CHECK_IDS = [
  'single-face',
  'resolution',
  'framing',
  'head-yaw',
  'head-pitch',
  'head-roll',
  'shoulders-level',
  'not-backlit',
  'even-light',
  'sharp',
  'natural-colour',
  'no-shine',
  'eyes-open',
  'no-glare-on-glasses',
  'mouth-closed',
  'brows-visible',
  'ears-visible',
  'plain-clothes',
  'clothes-not-background',
  'collar',
  'wall',
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/** What software cannot judge honestly: the student ticks it, the reviewer sees the ticks. */
export const PERSON_TICKS = [
  'no-headwear',
  'no-jewellery',
  'no-coloured-lenses',
  'no-hood',
  'natural-make-up',
  'live-photo',
] as const;

export type PersonTick = (typeof PERSON_TICKS)[number];
