import fc from 'fast-check';
import { CircuitBreaker, CircuitOpen } from '../../cloudfunctions/capture-code/resolvers/circuit-breaker';

const SETTINGS = { failureThreshold: 3, openMilliseconds: 1000 };

class Down extends Error {}

/** A service that a test turns on and off, and a clock that it moves. */
function aService(settings = SETTINGS) {
  let now = 0;
  let up = true;
  let calls = 0;
  const breaker = new CircuitBreaker(settings, () => new Date(now));
  return {
    breaker,
    calls: () => calls,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    turn: (on: boolean) => {
      up = on;
    },
    call: async (): Promise<'answered' | 'failed' | 'not asked'> => {
      const before = calls;
      try {
        await breaker.run(
          () => {
            calls++;
            return up ? Promise.resolve() : Promise.reject(new Down());
          },
          (error) => error instanceof Down,
        );
        return 'answered';
      } catch (error) {
        if (error instanceof CircuitOpen) {
          expect(calls).toBe(before);
          return 'not asked';
        }
        return 'failed';
      }
    },
  };
}

test('half-open lets one trial through at a time', async () => {
  const service = aService();
  service.turn(false);
  for (let failure = 0; failure < 3; failure++) await service.call();
  expect(service.breaker.state).toBe('open');
  service.wait(1000);
  expect(service.breaker.state).toBe('half-open');
  service.turn(true);
  const outcomes = await Promise.all([service.call(), service.call(), service.call()]);
  expect(outcomes.sort()).toEqual(['answered', 'not asked', 'not asked']);
  expect(service.breaker.state).toBe('closed');
});

test('a failed trial opens it for the whole pause again', async () => {
  const service = aService();
  service.turn(false);
  for (let failure = 0; failure < 3; failure++) await service.call();
  service.wait(1500);
  expect(await service.call()).toBe('failed');
  service.wait(999);
  expect(await service.call()).toBe('not asked');
  service.wait(1);
  expect(await service.call()).toBe('failed');
});

type Step =
  | { readonly kind: 'call' }
  | { readonly kind: 'turn'; readonly on: boolean }
  | { readonly kind: 'wait'; readonly milliseconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>({ kind: 'call' }) },
  fc.boolean().map((on): Step => ({ kind: 'turn', on })),
  fc.nat(1500).map((milliseconds): Step => ({ kind: 'wait', milliseconds })),
);

test('whatever happens: never asked while open, closed after every answer, open only after enough failures', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const service = aService();
      let failuresInARow = 0;
      for (const next of steps) {
        if (next.kind === 'turn') service.turn(next.on);
        if (next.kind === 'wait') service.wait(next.milliseconds);
        if (next.kind !== 'call') continue;
        const before = service.breaker.state;
        const outcome = await service.call();
        expect(outcome === 'not asked').toBe(before === 'open');
        if (outcome === 'answered') {
          failuresInARow = 0;
          expect(service.breaker.state).toBe('closed');
        }
        if (outcome === 'failed') {
          failuresInARow++;
          expect(service.breaker.state).toBe(failuresInARow >= 3 ? 'open' : 'closed');
        }
      }
    }),
  );
});

test('a service that recovers is reached again after at most one pause', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const service = aService();
      for (const next of steps) {
        if (next.kind === 'turn') service.turn(next.on);
        if (next.kind === 'wait') service.wait(next.milliseconds);
        if (next.kind === 'call') await service.call();
      }
      service.turn(true);
      service.wait(SETTINGS.openMilliseconds);
      expect(await service.call()).toBe('answered');
    }),
  );
});
