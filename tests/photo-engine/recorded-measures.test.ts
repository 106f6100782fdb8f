/**
 * What the checks measure on the committed portraits, as recorded before the measures were made faster (2026-11). A
 * faster way must give the same numbers; who means to change a measure records it anew and raises ENGINE_VERSION.
 */
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { observeImage } from '../../cloudfunctions/photo-engine/examine-image';
import { EARLY_CHECKS, type EarlyCheckId } from '../../cloudfunctions/photo-engine/judge-photo';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { portrait } from '../support/fixture-portraits';
import { testModelRuntime } from '../support/model-runtime';

type Recorded = Readonly<Partial<Record<EarlyCheckId, Readonly<Record<string, number>>>>>;

const RECORDED: readonly (readonly [string, Recorded])[] = [
  [
    'f1_front',
    {
      'head-yaw': { yaw: -0.1497 },
      'head-pitch': { pitch: 7.304 },
      'head-roll': { roll: 0.5054 },
      'shoulders-level': { slope: -0.3369 },
      'not-backlit': { eyeWhites: -0.6306, bright: 0, brightest: 0.7529 },
      'even-light': { cheeks: 0.06394 },
      sharp: { detail: 0.2586 },
      'eyes-open': { gap: 0.09443 },
      'mouth-closed': { gap: 0.003156, teeth: 0 },
      'plain-clothes': { pattern: 0.03283 },
      'clothes-not-background': { difference: 79.94 },
      collar: { skin: 0.1119 },
      'brows-visible': { brows: 0, browContrast: 0.2751, eyes: 0.005682, eyeContrast: 0.6647 },
      'ears-visible': { skin: 0.8509 },
      'no-shine': { share: 0 },
      'natural-colour': { distance: 0 },
      'no-glare-on-glasses': { iris: 0, lens: 0 },
    },
  ],
  [
    'm1_side',
    {
      'not-backlit': { eyeWhites: 0, bright: 0, brightest: 0.5098 },
      'even-light': { cheeks: 3.845 },
      sharp: { detail: 0.2675 },
      'plain-clothes': { pattern: 0.3242 },
      'clothes-not-background': { difference: 74.72 },
      'brows-visible': { brows: 0, browContrast: 0.3393, eyes: 0.03792, eyeContrast: 0.9177 },
      'ears-visible': { skin: 0.01432 },
    },
  ],
  [
    'm1_blur4',
    {
      sharp: { detail: 0.05428 },
      'mouth-closed': { gap: 0.04034, teeth: 0 },
      'plain-clothes': { pattern: 0.05499 },
      collar: { skin: 0.04663 },
    },
  ],
  [
    'm2_front',
    {
      'not-backlit': { eyeWhites: -2.023, bright: 0, brightest: 0.7529 },
      'even-light': { cheeks: 0.189 },
      sharp: { detail: 0.2719 },
      'plain-clothes': { pattern: 4.676 },
      'clothes-not-background': { difference: 64.9 },
      'brows-visible': { brows: 0, browContrast: 0.4747, eyes: 0.1137, eyeContrast: 0.7004 },
      'ears-visible': { skin: 0.7576 },
      'no-shine': { share: 0.005753 },
      'natural-colour': { distance: 0 },
    },
  ],
];

/** Recorded to four digits. */
const SHARE = 2e-3;
const LEAST = 1e-4;

const runtime = testModelRuntime();

it.each(RECORDED)('%s', async (name, recorded) => {
  const photo = await decodePhoto(portrait(name));
  const seen = await observeImage(photo.image, photo.scale, photoStandardFor(), runtime, startStopwatch());
  const differences: string[] = [];
  for (const [check, values] of Object.entries(recorded) as [EarlyCheckId, Record<string, number>][]) {
    const measurement = EARLY_CHECKS[check](seen!.input);
    for (const [measure, value] of Object.entries(values)) {
      const now = measurement.kind === 'measured' ? measurement.values[measure] : undefined;
      if (now === undefined || Math.abs(now - value) > LEAST + SHARE * Math.abs(value)) {
        differences.push(`${check}.${measure} was ${value} and is ${String(now)}`);
      }
    }
  }
  expect(differences).toEqual([]);
});
