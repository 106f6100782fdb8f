/**
 * Runs every check over one photo and collects the verdict. Which checks exist is a complete record by type: a check
 * id of the kernel without a file here does not compile. Refuses to know thresholds; the rules come from the batch.
 */
import { type FramingOutcome } from '../../miniprogram/shared/framing/frame-portrait';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { type CheckRules } from '../../miniprogram/shared/verdict/check-rules';
import { isWithin, judgeMeasurement } from '../../miniprogram/shared/verdict/judge-measure';
import { type CheckResult, type Verdict, verdictOf } from '../../miniprogram/shared/verdict/verdict';
import { checkBrowsVisible } from './checks/brows-visible';
import { type Check, type CheckInput } from './checks/check-input';
import { checkClothesNotBackground } from './checks/clothes-not-background';
import { checkCollar } from './checks/collar';
import { checkEarsVisible } from './checks/ears-visible';
import { checkEvenLight } from './checks/even-light';
import { checkEyesOpen } from './checks/eyes-open';
import { checkFraming } from './checks/framing';
import { checkHeadPitch } from './checks/head-pitch';
import { checkHeadRoll } from './checks/head-roll';
import { checkHeadYaw } from './checks/head-yaw';
import { checkMouthClosed } from './checks/mouth-closed';
import { checkNaturalColour } from './checks/natural-colour';
import { checkNoGlareOnGlasses } from './checks/no-glare-on-glasses';
import { checkNoShine } from './checks/no-shine';
import { checkNotBacklit } from './checks/not-backlit';
import { checkPlainClothes } from './checks/plain-clothes';
import { checkResolution } from './checks/resolution';
import { checkSharp } from './checks/sharp';
import { checkShouldersLevel } from './checks/shoulders-level';
import { checkSingleFace } from './checks/single-face';
import { checkWall } from './checks/wall';
import { type WallMeasures } from './matte/wall';

/** Everything that is judged before the cut-out; `wall` is judged on it. */
export type EarlyCheckId = Exclude<CheckId, 'wall'>;

export const EARLY_CHECKS: Readonly<Record<EarlyCheckId, Check>> = {
  'single-face': checkSingleFace,
  resolution: checkResolution,
  framing: checkFraming,
  'head-yaw': checkHeadYaw,
  'head-pitch': checkHeadPitch,
  'head-roll': checkHeadRoll,
  'shoulders-level': checkShouldersLevel,
  'not-backlit': checkNotBacklit,
  'even-light': checkEvenLight,
  sharp: checkSharp,
  'natural-colour': checkNaturalColour,
  'no-shine': checkNoShine,
  'eyes-open': checkEyesOpen,
  'no-glare-on-glasses': checkNoGlareOnGlasses,
  'mouth-closed': checkMouthClosed,
  'brows-visible': checkBrowsVisible,
  'ears-visible': checkEarsVisible,
  'plain-clothes': checkPlainClothes,
  'clothes-not-background': checkClothesNotBackground,
  collar: checkCollar,
};

/**
 * What can only be seen in light on the face. Dark eyes look as covered by hair and a rim of light looks like sweat:
 * somebody who stands against the window is told to turn round, and nothing else that may not be true.
 */
const NEEDS_LIGHT: ReadonlySet<CheckId> = new Set(['brows-visible', 'no-shine', 'natural-colour', 'collar']);

/** The verdict on a photo that shows at least one face, before anything is cut out. */
export function judgePhoto(input: CheckInput, rules: CheckRules): Verdict {
  const results = CHECK_IDS.map((id) =>
    id === 'wall'
      ? judgeMeasurement(id, rules.wall, checkWall(null))
      : judgeMeasurement(id, rules[id], EARLY_CHECKS[id](input)),
  );
  return verdictOf(results.some(isTooDark) ? results.map(unseenInTheDark) : results);
}

/** The measures of `not-backlit` that say how little light there is; the third says how much. */
const LITTLE_LIGHT: readonly string[] = ['eyeWhites', 'brightest'];

/** By the measures, not by the outcome: a batch that only remarks on the light still cannot see what lies in the dark. */
function isTooDark(result: CheckResult): boolean {
  if (result.id !== 'not-backlit' || result.outcome === 'not-assessed') return false;
  return result.measures.some(
    ({ name, value, tolerated }) =>
      LITTLE_LIGHT.includes(name) && tolerated !== undefined && !isWithin(value, tolerated),
  );
}

function unseenInTheDark(result: CheckResult): CheckResult {
  if (!NEEDS_LIGHT.has(result.id)) return result;
  return { id: result.id, outcome: 'not-assessed', reason: 'light-too-low' };
}

/** The same verdict with what the cut-out showed of the wall. */
export function judgeWall(verdict: Verdict, wall: WallMeasures, rules: CheckRules): Verdict {
  return withResult(verdict, judgeMeasurement('wall', rules.wall, checkWall(wall)));
}

/** The same verdict after the finished picture showed that no crop is inside the standard. */
export function judgeFraming(verdict: Verdict, framing: FramingOutcome, rules: CheckRules): Verdict {
  return withResult(verdict, judgeMeasurement('framing', rules.framing, checkFraming({ framing })));
}

function withResult(verdict: Verdict, result: CheckResult): Verdict {
  return verdictOf(verdict.checks.map((check) => (check.id === result.id ? result : check)));
}

/** The verdict on a photo without any face: that is what is wrong, and nothing else could be looked at. */
export function judgeEmptyPhoto(rules: CheckRules): Verdict {
  return verdictOf(
    CHECK_IDS.map((id) =>
      id === 'single-face'
        ? judgeMeasurement(id, rules[id], {
            kind: 'measured',
            values: { people: 0 },
            remedies: { people: 'nobody-seen' },
          })
        : { id, outcome: 'not-assessed', reason: 'no-face' },
    ),
  );
}
