/** Ranges and severities that an operator may change, and those that the standard fixes. */
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import {
  type CheckOverrides,
  effectiveRules,
  FIXED_CHECKS,
  widestRange,
} from '../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement } from '../../miniprogram/shared/verdict/judge-measure';
import { type Limits } from '../../miniprogram/shared/verdict/verdict';
import { refusalOf } from '../support/refusal';

const evidence = '200 photos of three phones';
const rulesWith = (overrides: CheckOverrides) => effectiveRules(CHECK_RULES, overrides);

test('nothing changed, nothing changes', () => {
  expect(rulesWith({})).toEqual(CHECK_RULES);
});

test('a range that was set replaces the one that was measured, with its evidence, and decides', () => {
  const rules = rulesWith({
    'head-roll': {
      measures: { roll: { allowed: { min: -2, max: 2 }, tolerated: { min: -3, max: 3 }, evidence } },
    },
  });
  expect(rules['head-roll'].measures.roll).toEqual({
    unit: 'degrees',
    allowed: { min: -2, max: 2 },
    tolerated: { min: -3, max: 3 },
    evidence,
  });
  const tilted = { kind: 'measured', values: { roll: 3.5 } } as const;
  expect(judgeMeasurement('head-roll', rules['head-roll'], tilted).outcome).toBe('blocked');
  expect(judgeMeasurement('head-roll', CHECK_RULES['head-roll'], tilted).outcome).toBe('passed');
  expect(rules.sharp).toEqual(CHECK_RULES.sharp);
});

test('one end can be moved alone', () => {
  const { pitch } = rulesWith({
    'head-pitch': { measures: { pitch: { allowed: { max: 12 }, evidence } } },
  })['head-pitch'].measures;
  expect(pitch!.allowed).toEqual({ min: CHECK_RULES['head-pitch'].measures.pitch!.allowed.min, max: 12 });
});

test('a check may be softened, and a good remark made a retake', () => {
  expect(rulesWith({ sharp: { severity: 'warn' } }).sharp.severity).toBe('warn');
  const rules = rulesWith({
    'plain-clothes': { severity: 'block', measures: { pattern: { tolerated: { max: 30 }, evidence } } },
  });
  const striped = { kind: 'measured', values: { pattern: 31 } } as const;
  expect(judgeMeasurement('plain-clothes', rules['plain-clothes'], striped).outcome).toBe('blocked');
});

test.each<[string, CheckOverrides, string]>([
  ['a rule that is the standard itself', { framing: { severity: 'warn' } }, 'framing'],
  ['the number of people', { 'single-face': {} }, 'single-face'],
  [
    'a block without a range that ends in a retake',
    { 'no-shine': { severity: 'block' } },
    'no-shine.severity',
  ],
  ['a weak signal made to block', { 'ears-visible': { severity: 'block' } }, 'ears-visible.severity'],
  [
    'wider than the standard leaves open',
    { 'head-yaw': { measures: { yaw: { tolerated: { min: -30, max: 30 }, evidence } } } },
    'head-yaw.yaw.tolerated',
  ],
  [
    'tolerating less than is allowed',
    { 'even-light': { measures: { cheeks: { allowed: { max: 0.6 }, tolerated: { max: 0.5 }, evidence } } } },
    'even-light.cheeks.tolerated',
  ],
  [
    'an end that the rule does not have',
    { sharp: { measures: { detail: { allowed: { min: 0.2, max: 0.9 }, evidence } } } },
    'sharp.detail.allowed',
  ],
  [
    'no number',
    { sharp: { measures: { detail: { allowed: { min: Number.NaN }, evidence } } } },
    'sharp.detail.allowed',
  ],
  [
    'ends the wrong way round',
    { 'head-roll': { measures: { roll: { allowed: { min: 3, max: -3 }, evidence } } } },
    'head-roll.roll.allowed',
  ],
  ['a measure that no rule knows', { sharp: { measures: { beauty: { evidence } } } }, 'sharp.beauty'],
  [
    'numbers from nowhere',
    { sharp: { measures: { detail: { allowed: { min: 0.2 }, evidence: ' ' } } } },
    'sharp.detail.evidence',
  ],
])('refused: %s', async (_what, overrides, path) => {
  expect(await refusalOf(Promise.resolve().then(() => rulesWith(overrides)))).toBe('INVALID_REQUEST');
  expect(() => rulesWith(overrides)).toThrow(expect.objectContaining({ details: { path } }) as Error);
});

test('every rule that is not fixed lies inside the range that it may be widened to', () => {
  for (const id of CHECK_IDS) {
    for (const [name, { allowed, tolerated }] of Object.entries(CHECK_RULES[id].measures)) {
      const widest = widestRange(id, name);
      expect(widest === undefined).toBe(FIXED_CHECKS.includes(id));
      for (const limits of [allowed, tolerated]) {
        if (widest === undefined || limits === undefined) continue;
        expect(limits.min ?? Infinity).toBeGreaterThanOrEqual(widest.min ?? -Infinity);
        expect(limits.max ?? -Infinity).toBeLessThanOrEqual(widest.max ?? Infinity);
      }
    }
  }
});

describe('every check that is not the standard itself', () => {
  const checks = CHECK_IDS.filter((id) => !FIXED_CHECKS.includes(id));
  const measures = checks.flatMap((id) =>
    Object.entries(CHECK_RULES[id].measures).map(([name, rule]) => ({ id, name, rule })),
  );

  test.each(checks)('%s: may only remark, if a batch says so', (id) => {
    expect(rulesWith({ [id]: { severity: 'warn' } })[id].severity).toBe('warn');
  });

  test.each(measures)(
    '$id $name: its range may be moved to the limit, and no further',
    ({ id, name, rule }) => {
      const widest = widestRange(id, name)!;
      const moved = (limits: Limits): CheckOverrides => ({
        [id]: {
          measures: { [name]: { allowed: limits, ...(rule.tolerated && { tolerated: limits }), evidence } },
        },
      });
      expect(rulesWith(moved(widest))[id].measures[name]!.allowed).toEqual(widest);
      const beyond = {
        ...(widest.min !== undefined && { min: widest.min - 0.01 }),
        ...(widest.max !== undefined && { max: widest.max + 0.01 }),
      };
      expect(() => rulesWith(moved(beyond))).toThrow('INVALID_REQUEST');
    },
  );
});
