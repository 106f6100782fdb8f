import fc from 'fast-check';
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES, type CheckRule } from '../../miniprogram/shared/verdict/check-rules';
import { isWithin, judgeMeasurement } from '../../miniprogram/shared/verdict/judge-measure';
import {
  checksWith,
  type CheckResult,
  decidingMeasure,
  type Limits,
  verdictOf,
} from '../../miniprogram/shared/verdict/verdict';
import { aVerdict } from '../support/verdict-builder';

const rule = (changes: Partial<CheckRule> = {}): CheckRule => ({
  severity: 'block',
  measures: {
    angle: {
      unit: 'degrees',
      allowed: { min: -5, max: 5 },
      tolerated: { min: -10, max: 10 },
      evidence: 'a test',
    },
    share: { unit: 'share', allowed: { max: 0.5 }, evidence: 'a test' },
  },
  ...changes,
});
const judged = (values: Record<string, number>, changes: Partial<CheckRule> = {}) =>
  judgeMeasurement('head-yaw', rule(changes), { kind: 'measured', values });

test.each<[string, CheckResult, CheckResult['outcome']]>([
  ['inside', judged({ angle: 0 }), 'passed'],
  ['exactly at the end of the allowed range', judged({ angle: 5 }), 'passed'],
  ['just outside', judged({ angle: 5.01 }), 'warned'],
  ['exactly at the end of the tolerated range', judged({ angle: -10 }), 'warned'],
  ['outside the tolerated range', judged({ angle: -10.01 }), 'blocked'],
  ['a measure without a tolerated range only warns', judged({ share: 0.9 }), 'warned'],
  ['the worst measure decides', judged({ angle: 11, share: 0 }), 'blocked'],
  ['a check that can only warn', judged({ angle: 90 }, { severity: 'warn' }), 'warned'],
  ['nothing that the rule knows was measured', judged({ other: 1 }), 'not-assessed'],
  ['a value that is no number', judged({ angle: NaN }), 'not-assessed'],
  [
    'what could not be measured says so',
    judgeMeasurement('head-yaw', rule(), { kind: 'not-assessed', reason: 'no-face' }),
    'not-assessed',
  ],
])('%s: %s', (_, result, outcome) => {
  expect(result.outcome).toBe(outcome);
});

test('every measure carries the limits that were in force', () => {
  expect(judged({ angle: 7 })).toMatchObject({
    measures: [{ name: 'angle', value: 7, allowed: { min: -5, max: 5 }, tolerated: { min: -10, max: 10 } }],
  });
});

test('a remedy is given only where there is something to remedy', () => {
  const measurement = (angle: number) =>
    judgeMeasurement('head-yaw', rule(), {
      kind: 'measured',
      values: { angle },
      remedies: { angle: 'turn-to-window' },
    });
  expect(measurement(0)).not.toHaveProperty('remedy');
  expect(measurement(7)).toHaveProperty('remedy', 'turn-to-window');
});

test('the remedy is that of the measure that decides', () => {
  const remedies = { angle: 'turn-to-window', share: 'too-bright' } as const;
  const remedyOf = (values: Record<string, number>) =>
    judgeMeasurement('head-yaw', rule(), { kind: 'measured', values, remedies });
  expect(remedyOf({ angle: 11, share: 0.9 })).toHaveProperty('remedy', 'turn-to-window');
  expect(remedyOf({ angle: 0, share: 0.9 })).toHaveProperty('remedy', 'too-bright');
});

test('limits include their ends, and no number is inside none', () => {
  const anyLimits: fc.Arbitrary<Limits> = fc
    .tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }))
    .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));
  fc.assert(
    fc.property(anyLimits, ({ min, max }) => {
      expect(isWithin(min!, { min: min!, max: max! })).toBe(true);
      expect(isWithin(max!, { min: min!, max: max! })).toBe(true);
      expect(isWithin(NaN, {})).toBe(false);
    }),
  );
});

test('whatever is measured, the outcome of every check is one of the four and never worse than its severity', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CHECK_IDS), fc.double(), (id, value) => {
      const values = Object.fromEntries(Object.keys(CHECK_RULES[id].measures).map((name) => [name, value]));
      const { outcome } = judgeMeasurement(id, CHECK_RULES[id], { kind: 'measured', values });
      if (CHECK_RULES[id].severity === 'warn') expect(outcome).not.toBe('blocked');
      expect(['passed', 'warned', 'blocked', 'not-assessed']).toContain(outcome);
    }),
  );
});

describe('a verdict', () => {
  test.each([
    [{}, 'passed'],
    [{ wall: 'warned' }, 'warned'],
    [{ wall: 'warned', sharp: 'blocked' }, 'blocked'],
  ] as const)('of %j is %s', (outcomes, expected) => {
    expect(aVerdict(outcomes).outcome).toBe(expected);
  });

  test('is neither passed nor failed by a check that could not be assessed', () => {
    const unknown = { id: 'wall', outcome: 'not-assessed', reason: 'light-too-low' } as const;
    expect(verdictOf([unknown]).outcome).toBe('passed');
    expect(verdictOf([...aVerdict({ sharp: 'warned' }).checks, unknown]).outcome).toBe('warned');
  });

  test('lists the checks with an outcome in reading order', () => {
    const verdict = aVerdict({ sharp: 'blocked', 'single-face': 'blocked', wall: 'warned' });
    expect(checksWith(verdict, 'blocked')).toEqual(['single-face', 'sharp']);
  });

  test('is decided by the first of the worst measures', () => {
    const result = judged({ angle: 7, share: 0.9 });
    if (result.outcome === 'not-assessed') throw new Error('was measured');
    expect(decidingMeasure(result).name).toBe('angle');
    const worseLater = judged({ angle: 0, share: 0.9 });
    if (worseLater.outcome === 'not-assessed') throw new Error('was measured');
    expect(decidingMeasure(worseLater).name).toBe('share');
  });
});

test('the rules hold together: what is allowed is tolerated, and every number says where it comes from', () => {
  for (const id of CHECK_IDS) {
    for (const { allowed, tolerated, evidence } of Object.values(CHECK_RULES[id].measures)) {
      expect(evidence).not.toBe('');
      if (tolerated === undefined) continue;
      expect(tolerated.min ?? -Infinity).toBeLessThanOrEqual(allowed.min ?? -Infinity);
      expect(tolerated.max ?? Infinity).toBeGreaterThanOrEqual(allowed.max ?? Infinity);
    }
  }
});
