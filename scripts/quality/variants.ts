/**
 * Every way in which a good portrait is spoiled, with the check that has to see it and the figure it has to reach.
 * Seeded: the same portrait always gives the same bad photo. Sizes are in inter-eye distances (IED), so that a blur
 * of "σ 2 at IED 113" is the same blur on every portrait.
 */
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import {
  backlit,
  earCovered,
  fringed,
  glared,
  type KnownPortrait,
  patterned,
  reshirted,
  shining,
  sideLit,
} from '../../tests/support/spoil-features';
import {
  blurred,
  colourCast,
  cutTo,
  emptied,
  exposed,
  fromFurther,
  motionBlurred,
  noisy,
  rolled,
  sideBySide,
} from '../../tests/support/spoil-portrait';

/** A photo that is made from a portrait. */
export interface MadePhoto {
  readonly name: string;
  /** JPEG variants give the quality at which the untouched portrait is stored. */
  readonly make: (
    portrait: KnownPortrait,
    other: KnownPortrait,
  ) => RgbaImage | { readonly jpegQuality: number };
}

/** A spoiled one. */
export interface Variant extends MadePhoto {
  /** The check that has to see it. */
  readonly check: CheckId;
  readonly measure: string;
  /** What the specification asks for; without: reported, not promised. */
  readonly wanted?: { readonly share: number; readonly outcome: 'warned' | 'blocked' };
}

const BLOCKED_95 = { share: 0.95, outcome: 'blocked' } as const;
const CAUGHT_90 = { share: 0.9, outcome: 'warned' } as const;

const DARK_HAIR = { red: 28, green: 22, blue: 20 };
const BROWN_HAIR = { red: 84, green: 58, blue: 42 };
const SHIRTS = {
  'light-blue': { red: 150, green: 200, blue: 245 },
  'sky-blue': { red: 110, green: 175, blue: 240 },
  denim: { red: 80, green: 110, blue: 150 },
  navy: { red: 30, green: 40, blue: 80 },
  red: { red: 180, green: 40, blue: 45 },
  black: { red: 30, green: 30, blue: 32 },
} as const;

/** Pixels of this portrait that are one pixel at an inter-eye distance of 113. */
const at113 = ({ face }: KnownPortrait): number => face.interEyeDistance / 113;

const sharp = (name: string, make: Variant['make'], wanted?: Variant['wanted']): Variant => ({
  name,
  check: 'sharp',
  measure: 'detail',
  make,
  ...(wanted && { wanted }),
});

export const VARIANTS: readonly Variant[] = [
  ...[1.5, 2, 3].map((ratio): Variant => ({
    name: `side light ${ratio}:1`,
    check: 'even-light',
    measure: 'cheeks',
    ...(ratio === 2 && { wanted: BLOCKED_95 }),
    make: (portrait) => sideLit(portrait, ratio),
  })),
  {
    name: 'backlight −2 stops, bright background',
    check: 'not-backlit',
    measure: 'eyeWhites',
    wanted: BLOCKED_95,
    make: (portrait) => backlit(portrait, 2),
  },
  {
    name: 'backlight −1.5 stops, bright background',
    check: 'not-backlit',
    measure: 'eyeWhites',
    make: (portrait) => backlit(portrait, 1.5),
  },
  {
    name: 'exposure −4 stops',
    check: 'not-backlit',
    measure: 'brightest',
    make: ({ image }) => exposed(image, -4),
  },
  {
    name: 'exposure +1.5 stops',
    check: 'not-backlit',
    measure: 'bright',
    make: ({ image }) => exposed(image, 1.5),
  },
  sharp('blur σ 1 at IED 113', (portrait) => blurred(portrait.image, at113(portrait))),
  sharp('blur σ 2 at IED 113', (portrait) => blurred(portrait.image, 2 * at113(portrait)), BLOCKED_95),
  sharp('blur σ 2, then noise σ 5', (portrait) => noisy(blurred(portrait.image, 2 * at113(portrait)), 5)),
  sharp('motion 6 px at IED 113, level', (portrait) => motionBlurred(portrait.image, 6 * at113(portrait), 0)),
  sharp('motion 8 px at IED 113, 30°', (portrait) => motionBlurred(portrait.image, 8 * at113(portrait), 30)),
  sharp('motion 8 px at IED 113, upright', (portrait) =>
    motionBlurred(portrait.image, 8 * at113(portrait), 90),
  ),
  { ...sharp('noise σ 8 alone', ({ image }) => noisy(image, 8)), name: 'noise σ 8 alone' },
  sharp('JPEG quality 25', () => ({ jpegQuality: 25 })),
  {
    name: 'colour cast, warm lamp',
    check: 'natural-colour',
    measure: 'distance',
    make: ({ image }) => colourCast(image, 1.15, 0.95, 0.35),
  },
  {
    name: 'colour cast, blue screen',
    check: 'natural-colour',
    measure: 'distance',
    make: ({ image }) => colourCast(image, 0.6, 0.85, 1.3),
  },
  // A head that leaned before the picture was rotated leans by more or less than that: the lean itself is set.
  {
    name: 'roll to 8°',
    check: 'head-roll',
    measure: 'roll',
    wanted: BLOCKED_95,
    make: ({ image, face }) => rolled(image, 8 - (face.eyeLineAngle * 180) / Math.PI),
  },
  {
    name: 'roll by 8°',
    check: 'head-roll',
    measure: 'roll',
    make: ({ image }) => rolled(image, 8),
  },
  {
    name: 'cut at the top of the forehead',
    check: 'framing',
    measure: 'missing',
    make: ({ image, face }) => {
      const top = Math.round(face.eyes.y - 0.55 * face.eyesToChin);
      return cutTo(image, 0, top, image.width, image.height - top);
    },
  },
  {
    name: 'half as large in the picture',
    check: 'resolution',
    measure: 'scale',
    make: ({ image }) => fromFurther(image, 2.2),
  },
  ...[
    { name: 'stripes, strong', period: 0.16, contrast: 0.5, checks: false, wanted: CAUGHT_90 },
    { name: 'stripes, faint', period: 0.16, contrast: 0.12, checks: false },
    { name: 'checks, strong', period: 0.22, contrast: 0.4, checks: true },
    { name: 'checks, faint', period: 0.22, contrast: 0.1, checks: true },
  ].map(({ name, period, contrast, checks, wanted }): Variant => ({
    name,
    check: 'plain-clothes',
    measure: 'pattern',
    ...(wanted && { wanted }),
    make: (portrait) => patterned(portrait, period, contrast, checks),
  })),
  ...Object.entries(SHIRTS).map(([name, colour]): Variant => ({
    name: `shirt, ${name}`,
    check: 'clothes-not-background',
    measure: 'difference',
    ...(name === 'light-blue' && { wanted: CAUGHT_90 }),
    make: (portrait) => reshirted(portrait, colour),
  })),
  {
    name: 'shine, strong',
    check: 'no-shine',
    measure: 'share',
    wanted: CAUGHT_90,
    make: (portrait) => shining(portrait, 0.2, 0.9),
  },
  {
    name: 'shine, weak',
    check: 'no-shine',
    measure: 'share',
    make: (portrait) => shining(portrait, 0.15, 0.5),
  },
  {
    name: 'glare over an iris',
    check: 'no-glare-on-glasses',
    measure: 'iris',
    wanted: CAUGHT_90,
    make: (portrait) => glared(portrait, 1),
  },
  {
    name: 'glare over a third of an iris',
    check: 'no-glare-on-glasses',
    measure: 'iris',
    make: (portrait) => glared(portrait, 0.5),
  },
  ...[
    { name: 'dark', hair: DARK_HAIR },
    { name: 'brown', hair: BROWN_HAIR },
  ].flatMap(({ name, hair }): Variant[] => [
    {
      name: `fringe over the brows, ${name}`,
      check: 'brows-visible',
      measure: 'browContrast',
      make: (portrait) => fringed(portrait, 0, hair),
    },
    {
      name: `fringe over the eyes, ${name}`,
      check: 'brows-visible',
      measure: 'eyeContrast',
      wanted: CAUGHT_90,
      make: (portrait) => fringed(portrait, 1, hair),
    },
  ]),
  {
    name: 'hair over one ear',
    check: 'ears-visible',
    measure: 'skin',
    make: (portrait) => earCovered(portrait, DARK_HAIR),
  },
  {
    name: 'two people',
    check: 'single-face',
    measure: 'people',
    wanted: BLOCKED_95,
    make: ({ image }, other) => sideBySide(image, other.image),
  },
  {
    name: 'nobody',
    check: 'single-face',
    measure: 'people',
    wanted: BLOCKED_95,
    make: ({ image }) => emptied(image),
  },
];
