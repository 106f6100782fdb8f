/** Steps of a walk as fast-check makes and shrinks them, and how one is taken. */
import fc from 'fast-check';
import { type Action, type Turn } from './actions/turn';
import { PACKAGE_ACTIONS } from './actions/package-actions';
import { REVIEW_ACTIONS } from './actions/review-actions';
import { SCHOOL_ACTIONS } from './actions/school-actions';
import { STATION_ACTIONS } from './actions/station-actions';
import { STUDENT_ACTIONS } from './actions/student-actions';
import { TIME_ACTIONS } from './actions/time-actions';
import { type Fault } from './platform-requests';
import { passSeconds } from './stage';
import { type Season, STUDENTS, type World } from './world';

export const ACTIONS = {
  ...STUDENT_ACTIONS,
  ...STATION_ACTIONS,
  ...REVIEW_ACTIONS,
  ...SCHOOL_ACTIONS,
  ...PACKAGE_ACTIONS,
  ...TIME_ACTIONS,
};
export type ActionName = keyof typeof ACTIONS;

interface PlainStep extends Pick<Turn, 'student' | 'choice'> {
  readonly action: ActionName;
}

/** What befalls the step's call, as data. */
type Trouble =
  | { readonly kind: 'dies'; readonly at: number }
  | { readonly kind: 'refused'; readonly at: number; readonly requests: number }
  | { readonly kind: 'overtaken'; readonly at: number; readonly by: readonly PlainStep[] }
  /** The answer is lost, and the request is sent again. */
  | { readonly kind: 'again' };

export interface Step extends PlainStep {
  readonly trouble: Trouble | null;
}

export interface Walk {
  readonly season: Season;
  readonly steps: readonly Step[];
}

const anyAction = fc.oneof(
  ...(Object.entries(ACTIONS) as [ActionName, Action][]).map(([name, { weight }]) => ({
    weight,
    arbitrary: fc.constant(name),
  })),
);
const plain = {
  action: anyAction,
  student: fc.constantFrom(...STUDENTS),
  choice: fc.nat({ max: 99 }),
};
/** Most calls have from 3 to 40 requests, a night or a package up to 120. */
const anyRequest = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 15 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 120 }) },
);
const someSteps = fc.array(fc.record(plain), { minLength: 1, maxLength: 2 });
const anyTrouble: fc.Arbitrary<Trouble | null> = fc.oneof(
  { weight: 65, arbitrary: fc.constant(null) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('dies'), at: anyRequest }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('refused'), at: anyRequest, requests: fc.constantFrom(1, 3) },
    }),
  },
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('overtaken'), at: anyRequest, by: someSteps }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('again') }) },
);

const anySeason: fc.Arbitrary<Season> = fc.record({
  attemptLimit: fc.constantFrom(null, null, 3),
  retention: fc.constantFrom(
    {},
    { packagesDays: 3, originalsDays: 2, unfinishedDays: 5 },
    { packagesDays: 0 },
  ),
});

/** Seasons begin as they do: these students agree, bind, take a photo and say yes, and some are reviewed. */
const FIRST: readonly ActionName[] = ['consents', 'binds', 'shoots', 'confirms'];
const anyOpening = fc
  .record({ students: fc.subarray([...STUDENTS]), reviews: fc.nat({ max: STUDENTS.length }) })
  .map(({ students, reviews }) => {
    const firsts = students.flatMap((student) => FIRST.map((action) => ({ action, student })));
    const reviewed = Array.from({ length: reviews }, () => ({ action: 'reviews' as const, student: 0 }));
    return [...firsts, ...reviewed].map((step): Step => ({ ...step, choice: 2, trouble: null }));
  });

/**
 * @param length how many steps come after the opening, at most; walks of all lengths are as likely, where fast-check
 *   would begin with short ones
 */
export function anyWalk(length: number): fc.Arbitrary<Walk> {
  const step = fc.record({ ...plain, trouble: anyTrouble });
  const rest = fc.noBias(fc.array(step, { minLength: 1, maxLength: length, size: 'max' }));
  return fc
    .tuple(anySeason, anyOpening, rest)
    .map(([season, first, others]) => ({ season, steps: [...first, ...others] }));
}

const BETWEEN_STEPS_SECONDS = 2;

export async function take(world: World, { trouble, ...step }: Step): Promise<void> {
  world.note(`# ${step.action} ${JSON.stringify({ ...step, trouble })}`);
  const fault: Fault | null = trouble === null || trouble.kind === 'again' ? null : faultOf(world, trouble);
  await ACTIONS[step.action].run(world, { ...step, going: { fault, again: trouble?.kind === 'again' } });
  passSeconds(BETWEEN_STEPS_SECONDS);
}

function faultOf(world: World, trouble: Exclude<Trouble, { kind: 'again' }>): Fault {
  if (trouble.kind !== 'overtaken') return trouble;
  return {
    ...trouble,
    by: async () => {
      for (const step of trouble.by) await take(world, { ...step, trouble: null });
    },
  };
}
