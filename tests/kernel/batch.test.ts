import fc from 'fast-check';
import { type Cohort, type Enrolment, isEligible, windowOf } from '../../miniprogram/shared/batch/batch';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { aBatch } from '../support/batch-builder';

const at = (time: string) => time as Instant;
const batch = aBatch({ opensAt: at('2026-11-01T00:00:00.000Z'), closesAt: at('2027-02-28T16:00:00.000Z') });

test.each([
  ['a millisecond before it opens', '2026-10-31T23:59:59.999Z', 'not-open-yet'],
  ['the moment it opens', '2026-11-01T00:00:00.000Z', 'open'],
  ['the last millisecond', '2027-02-28T15:59:59.999Z', 'open'],
  ['the deadline itself, midnight in Shanghai', '2027-02-28T16:00:00.000Z', 'closed'],
])('%s', (_, now, window) => {
  expect(windowOf(batch, at(now))).toBe(window);
});

const student: Enrolment = { level: '专升本', year: '2021', studyForm: '非脱产', duration: '2.5' };

test.each<[string, readonly Cohort[], Enrolment, boolean]>([
  ['all of 2021级', [{ year: '2021' }], student, true],
  ['2018级高起本 beside all of 2021级', aBatch().cohorts, { level: '高起本', year: '2018' }, true],
  ['2018级专升本 is not in it', aBatch().cohorts, { level: '专升本', year: '2018' }, false],
  ['a cohort that asks for a form', [{ studyForm: '非脱产' }], student, true],
  ['a form that the code does not tell', [{ studyForm: '非脱产' }], { level: '专升本', year: '2021' }, false],
  ['another duration', [{ duration: '5' }], student, false],
  ['a cohort that asks for nothing', [{}], student, true],
  ['no cohort at all', [], student, false],
])('%s', (_, cohorts, enrolment, expected) => {
  expect(isEligible(cohorts, enrolment)).toBe(expected);
});

test('adding a cohort never shuts anybody out', () => {
  const field = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
  const some = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Cohort;
  const anyCohort = fc.record({ level: field, year: field, studyForm: field, duration: field }).map(some);
  const anyEnrolment = fc
    .record({ level: fc.constantFrom('a', 'b'), year: fc.constantFrom('a', 'b'), studyForm: field })
    .map((enrolment) => some(enrolment) as unknown as Enrolment);
  fc.assert(
    fc.property(fc.array(anyCohort), anyCohort, anyEnrolment, (cohorts, added, enrolment) => {
      if (isEligible(cohorts, enrolment)) expect(isEligible([...cohorts, added], enrolment)).toBe(true);
    }),
  );
});
