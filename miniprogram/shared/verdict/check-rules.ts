/**
 * The thresholds of every check, as data with their evidence. `allowed` is what passes without a remark, `tolerated`
 * what is still accepted; between the two the student is warned, outside `tolerated` the photo must be retaken.
 * Refuses to measure anything: one file per check in the engine does.
 */
import { CheckId } from './check-ids';
import { Limits, Severity, Unit } from './verdict';

export interface MeasureRule {
  readonly unit: Unit;
  readonly allowed: Limits;
  readonly tolerated?: Limits;
  /** Where the numbers come from. */
  readonly evidence: string;
}

export interface CheckRule {
  /** The worst that this check can do. */
  readonly severity: Severity;
  readonly measures: Readonly<Record<string, MeasureRule>>;
}

export type CheckRules = Readonly<Record<CheckId, CheckRule>>;

const PORTRAITS = 'measured on 100 studio portraits of 50 people, all skin tones';
const BETWEEN =
  'between the values of 48 compliant people and of the same people with a fringe over brows or eyes';
const START = 'start value measured on 201 studio portraits with OFIQ reference values';

export const CHECK_RULES: CheckRules = {
  'single-face': {
    severity: 'block',
    measures: {
      people: {
        unit: 'count',
        allowed: { min: 1, max: 1 },
        tolerated: { min: 1, max: 1 },
        evidence: 'the standard: one person',
      },
    },
  },
  resolution: {
    severity: 'block',
    measures: {
      // 1 = the source has exactly the pixels that the finished picture needs.
      scale: {
        unit: 'ratio',
        allowed: { max: 1 },
        tolerated: { max: 1.1 },
        evidence: 'the standard: no enlargement that blurs',
      },
    },
  },
  framing: {
    severity: 'block',
    measures: {
      missing: {
        unit: 'px',
        allowed: { max: 0 },
        tolerated: { max: 0 },
        evidence: 'the standard: hair top, eyes, face width, centre',
      },
    },
  },
  'head-yaw': {
    severity: 'block',
    measures: {
      yaw: {
        unit: 'degrees',
        allowed: { min: -6, max: 6 },
        tolerated: { min: -10, max: 10 },
        evidence: START,
      },
    },
  },
  'head-pitch': {
    severity: 'block',
    // The mesh carries a personal bias of about −2 … +14° in pitch, so this gate is loose.
    measures: {
      pitch: {
        unit: 'degrees',
        allowed: { min: -11, max: 15 },
        tolerated: { min: -15, max: 20 },
        evidence: `${START}: 11 and 15; the upper ends are wider by the mesh’s bias`,
      },
    },
  },
  'head-roll': {
    severity: 'block',
    measures: {
      roll: {
        unit: 'degrees',
        allowed: { min: -4, max: 4 },
        tolerated: { min: -6, max: 6 },
        evidence: START,
      },
    },
  },
  'not-backlit': {
    severity: 'block',
    measures: {
      // Clean: −1.3 and above for all skin tones; two stops less light on the person: −2.3 and below.
      eyeWhites: { unit: 'stops', allowed: { min: -1.7 }, tolerated: { min: -2.15 }, evidence: PORTRAITS },
      bright: { unit: 'share', allowed: { max: 0.02 }, evidence: START },
      // The brightest of the picture, not of the face: ≥ .75 in a light room. Where wall, clothes and skin are dark the whites
      // of the eyes remain, ≥ .306 in the same light.
      brightest: { unit: 'share', allowed: { min: 0.3 }, tolerated: { min: 0.2 }, evidence: PORTRAITS },
    },
  },
  'even-light': {
    severity: 'block',
    measures: {
      cheeks: { unit: 'stops', allowed: { max: 0.45 }, tolerated: { max: 0.7 }, evidence: PORTRAITS },
    },
  },
  sharp: {
    severity: 'block',
    measures: {
      // Clean ≥ .17; blurred with σ 1 px at an inter-eye distance of 113 ≤ .106, σ 2 ≤ .06, moved by 6 px ≤ .09.
      detail: { unit: 'ratio', allowed: { min: 0.14 }, tolerated: { min: 0.1 }, evidence: PORTRAITS },
    },
  },
  'eyes-open': {
    severity: 'block',
    measures: { gap: { unit: 'ratio', allowed: { min: 0.055 }, tolerated: { min: 0.04 }, evidence: START } },
  },
  'mouth-closed': {
    severity: 'block',
    measures: {
      gap: { unit: 'ied', allowed: { max: 0.03 }, tolerated: { max: 0.08 }, evidence: START },
      // Without teeth ≤ .0024, with teeth ≥ .018.
      teeth: { unit: 'ied2', allowed: { max: 0.003 }, tolerated: { max: 0.006 }, evidence: PORTRAITS },
    },
  },
  'shoulders-level': {
    severity: 'warn',
    // Compliant portraits: −6 … 3°.
    measures: { slope: { unit: 'degrees', allowed: { min: -7, max: 7 }, evidence: PORTRAITS } },
  },
  'no-glare-on-glasses': {
    severity: 'block',
    measures: {
      // The catch-light that every eye has covers ≤ .007 of the iris.
      iris: { unit: 'share', allowed: { max: 0.1 }, tolerated: { max: 0.25 }, evidence: PORTRAITS },
      lens: {
        unit: 'ied2',
        allowed: { max: 0.01 },
        evidence: 'own choice, tried on drawn glare: nobody in the portraits wears glasses',
      },
    },
  },
  'no-shine': {
    severity: 'warn',
    // ≤ .0045 on all but one portrait, whose forehead does shine: .0134. Strong spots: ≥ .0136 on 47 of 48 people.
    measures: { share: { unit: 'share', allowed: { max: 0.009 }, evidence: START } },
  },
  'natural-colour': {
    severity: 'warn',
    measures: {
      distance: {
        unit: 'delta-e',
        // A warm lamp's cast starts at 4.6, a blue screen's at 6.3.
        allowed: { max: 6 },
        evidence: 'ISO/IEC 29794-5, natural colour; 0 on all portraits',
      },
    },
  },
  'plain-clothes': {
    severity: 'warn',
    // Plain shirts with their folds ≤ 8.2, rendered stripes 49.
    measures: { pattern: { unit: 'grey-levels', allowed: { max: 10 }, evidence: PORTRAITS } },
  },
  'clothes-not-background': {
    severity: 'warn',
    // Light blue 13, a light-blue shirt in shade 28, denim 32, white and grey 42 (ΔE 1976 from the reference blue).
    measures: {
      difference: {
        unit: 'delta-e',
        allowed: { min: 30 },
        evidence: 'rendered and recoloured shirts against the reference blue',
      },
    },
  },
  collar: {
    severity: 'warn',
    // V-necks of T-shirts reach .8.
    measures: { skin: { unit: 'share', allowed: { max: 0.85 }, evidence: PORTRAITS } },
  },
  'brows-visible': {
    severity: 'block',
    measures: {
      // Free ≤ .25, covered ≥ .89.
      brows: { unit: 'share', allowed: { max: 0.4 }, evidence: PORTRAITS },
      // Free ≥ .09, in overexposed photos ≥ .05; under hair of any colour ≤ .13 on 46 of 48 people.
      browContrast: { unit: 'share', allowed: { min: 0.06 }, evidence: BETWEEN },
      // Deep-set or shaded lids reach .71.
      eyes: { unit: 'share', allowed: { max: 0.75 }, tolerated: { max: 0.9 }, evidence: PORTRAITS },
      // Free ≥ .43, narrowed by a smile or overexposed ≥ .38; covered ≤ .22 on 46 of 48 people.
      eyeContrast: { unit: 'share', allowed: { min: 0.3 }, tolerated: { min: 0.24 }, evidence: BETWEEN },
    },
  },
  'ears-visible': {
    severity: 'warn',
    // A weak signal (area under the curve .78 beforehand): advice only.
    measures: { skin: { unit: 'share', allowed: { min: 0.05 }, evidence: PORTRAITS } },
  },
  wall: {
    severity: 'warn',
    measures: {
      texture: { unit: 'grey-levels', allowed: { max: 5 }, evidence: START },
      // Below .5 a person should look at the edge.
      certainty: {
        unit: 'share',
        allowed: { min: 0.5 },
        evidence: 'matting benchmark, tuning half: the worst tenth of the cut-outs lies below',
      },
      // Less than the whole lower edge: cloth of the wall's colour was taken for wall.
      body: {
        unit: 'share',
        allowed: { min: 0.95 },
        evidence:
          '75 developed studio portraits: 1; overexposed before their white wall: .62 to .95 on six of 15',
      },
    },
  },
};
