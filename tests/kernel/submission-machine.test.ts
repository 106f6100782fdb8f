import fc from 'fast-check';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';
import {
  ACCEPTED_STATES,
  type AcceptedState,
  allows,
  applyEvent,
  CONFIRMED_STATES,
  newSubmissionLife,
  SUBMISSION_EVENTS,
  SUBMISSION_STATES,
  SUBMISSION_TABLE,
  type SubmissionEvent,
  type SubmissionEventName,
  type SubmissionLife,
} from '../../miniprogram/shared/submission/submission-machine';

const photo = (name: string) => name as PhotoId;

const anyEvent: fc.Arbitrary<SubmissionEvent> = fc
  .record({ name: fc.constantFrom(...SUBMISSION_EVENTS), photoId: fc.constantFrom('a', 'b', 'c').map(photo) })
  .map(({ name, photoId }) =>
    name === 'photo-blocked' || name === 'photo-developed' || name === 'confirm'
      ? { name, photoId }
      : { name },
  );

/** Where a life gets to by events of which the impossible ones change nothing. */
function after(
  events: readonly SubmissionEvent[],
  start: SubmissionLife = newSubmissionLife(),
): SubmissionLife {
  return events.reduce((life, event) => {
    const transition = applyEvent(life, event);
    return transition.ok ? transition.life : life;
  }, start);
}

const anyReachableLife = fc.array(anyEvent, { maxLength: 40 }).map((events) => after(events));

/** What a student can do besides withdrawing. */
const OWN_EVENTS: readonly SubmissionEventName[] = ['photo-blocked', 'photo-developed', 'confirm', 'restart'];

const DEVELOPED = { name: 'photo-developed', photoId: photo('good') } as const;
const BLOCKED = { name: 'photo-blocked', photoId: photo('bad') } as const;
const CONFIRM = { name: 'confirm', photoId: photo('good') } as const;
const did = (...events: SubmissionEvent[]) => after(events);
const ACCEPTED = [DEVELOPED, CONFIRM, { name: 'accept' }] as const;
/** What leads to each state from which a photo can be sent back. */
const TO: Readonly<Record<AcceptedState, readonly SubmissionEvent[]>> = {
  accepted: ACCEPTED,
  exported: [...ACCEPTED, { name: 'export' }],
  delivered: [...ACCEPTED, { name: 'export' }, { name: 'deliver' }],
};
const RETURN = { name: 'return' } as const;
const UNDO_RETURN = { name: 'undo-return' } as const;

describe('whatever happens, in whatever order', () => {
  test('no event throws, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(anyReachableLife, anyEvent, (life, event) => {
        const before = { ...life };
        const transition = applyEvent(life, event);
        expect(life).toEqual(before);
        expect(
          transition.ok ? SUBMISSION_STATES.includes(transition.life.state) : transition.code,
        ).toBeTruthy();
      }),
    );
  });

  test('exactly one photo is confirmed in the confirmed states, none in all others', () => {
    fc.assert(
      fc.property(anyReachableLife, (life) => {
        expect(life.confirmedPhotoId !== null).toBe(CONFIRMED_STATES.includes(life.state));
      }),
    );
  });

  test('the confirmed photo never changes while it is confirmed', () => {
    fc.assert(
      fc.property(anyReachableLife, anyEvent, (life, event) => {
        const next = after([event], life);
        if (life.confirmedPhotoId !== null && next.confirmedPhotoId !== null) {
          expect(next.confirmedPhotoId).toBe(life.confirmedPhotoId);
        }
      }),
    );
  });

  test('a photo becomes confirmed only by the yes to that very photo, or by undoing what was decided on it', () => {
    fc.assert(
      fc.property(anyReachableLife, anyEvent, (life, event) => {
        const next = after([event], life);
        if (life.confirmedPhotoId !== null || next.confirmedPhotoId === null) return;
        if (event.name === 'confirm') expect(next.confirmedPhotoId).toBe(event.photoId);
        else expect(event.name).toBe(life.returnedFrom === null ? 'undo-review' : 'undo-return');
        expect(next.confirmedPhotoId).toBe(life.developedPhotoId);
      }),
    );
  });

  test('the yes is final for the student: only taking everything back undoes it', () => {
    const ownEvents = anyEvent.filter(({ name }) => OWN_EVENTS.includes(name));
    fc.assert(
      fc.property(anyReachableLife, ownEvents, (life, event) => {
        fc.pre(life.state === 'confirmed');
        expect(after([event], life)).toEqual(life);
      }),
    );
  });

  test('a blocked retake never loses a developed picture that waits for its yes', () => {
    fc.assert(
      fc.property(anyReachableLife, (life) => {
        fc.pre(life.state === 'developed');
        expect(after([BLOCKED], life)).toMatchObject({
          state: 'developed',
          developedPhotoId: life.developedPhotoId,
        });
      }),
    );
  });

  test('taking a picture back never loses it: whoever begins again finds it waiting for the yes', () => {
    fc.assert(
      fc.property(anyReachableLife, (life) => {
        fc.pre(life.state === 'developed' || life.state === 'confirmed');
        expect(after([{ name: 'withdraw' }, { name: 'restart' }], life)).toEqual({
          ...life,
          state: 'developed',
          confirmedPhotoId: null,
        });
      }),
    );
  });

  test('it is known where a photo was returned from while it is rejected, and in no other state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ACCEPTED_STATES), fc.array(anyEvent), (state, events) => {
        const life = after([...TO[state], RETURN, ...events]);
        if (life.returnedFrom !== null) expect(life.state).toBe('rejected');
      }),
    );
  });

  test('there is always a picture to say yes to where saying yes is possible', () => {
    fc.assert(
      fc.property(anyReachableLife, (life) => {
        if (allows(life.state, 'confirm')) expect(life.developedPhotoId).not.toBeNull();
      }),
    );
  });

  test('attempts count judged photos, one by one, and never go back', () => {
    fc.assert(
      fc.property(anyReachableLife, anyEvent, (life, event) => {
        const transition = applyEvent(life, event);
        const judged = event.name === 'photo-blocked' || event.name === 'photo-developed';
        const expected = life.attempts + (transition.ok && judged ? 1 : 0);
        expect(after([event], life).attempts).toBe(expected);
      }),
    );
  });

  test('the table decides: an event succeeds only where the table has it', () => {
    fc.assert(
      fc.property(anyReachableLife, anyEvent, (life, event) => {
        const transition = applyEvent(life, event);
        const withPicture = event.name === 'restart' && life.developedPhotoId !== null;
        const led =
          event.name === 'undo-return' ? life.returnedFrom : SUBMISSION_TABLE[life.state][event.name];
        const next = withPicture ? 'developed' : led;
        if (transition.ok) expect(transition.life.state).toBe(next);
        else if (allows(life.state, event.name)) {
          // The two refusals that need more than the state.
          expect(['PHOTO_SUPERSEDED', 'SUBMISSION_STATE']).toContain(transition.code);
        }
      }),
    );
  });
});

test('every state can be reached', () => {
  const reached = new Set<string>();
  const open = [newSubmissionLife()];
  for (let life = open.pop(); life; life = open.pop()) {
    if (reached.has(life.state)) continue;
    reached.add(life.state);
    for (const name of SUBMISSION_EVENTS) {
      const photoId = life.developedPhotoId ?? photo('good');
      const transition = applyEvent(life, { name, photoId });
      if (transition.ok) open.push(transition.life);
    }
  }
  expect([...reached].sort()).toEqual([...SUBMISSION_STATES].sort());
});

describe('the way of a graduate', () => {
  test.each<[string, SubmissionLife, Partial<SubmissionLife>]>([
    ['a bound code has no photo', did(), { state: 'bound', attempts: 0 }],
    ['a blocked photo', did(BLOCKED), { state: 'shot', developedPhotoId: null, attempts: 1 }],
    [
      'a good photo after it',
      did(BLOCKED, DEVELOPED),
      { state: 'developed', developedPhotoId: photo('good') },
    ],
    ['the yes', did(DEVELOPED, CONFIRM), { state: 'confirmed', confirmedPhotoId: photo('good') }],
    ['accepted', did(DEVELOPED, CONFIRM, { name: 'accept' }), { state: 'accepted' }],
    ['rejected', did(DEVELOPED, CONFIRM, { name: 'reject' }), { state: 'rejected', confirmedPhotoId: null }],
    [
      'a review that was undone',
      did(DEVELOPED, CONFIRM, { name: 'reject' }, { name: 'undo-review' }),
      { state: 'confirmed', confirmedPhotoId: photo('good') },
    ],
    [
      'a blocked retake after a rejection takes the rejected picture away',
      did(DEVELOPED, CONFIRM, { name: 'reject' }, BLOCKED),
      { state: 'shot', developedPhotoId: null },
    ],
    ['withdrawn under review', did(DEVELOPED, CONFIRM, { name: 'withdraw' }), { state: 'withdrawn' }],
    [
      'begun again without a finished picture',
      did(BLOCKED, { name: 'withdraw' }, { name: 'restart' }),
      { state: 'bound', developedPhotoId: null, attempts: 1 },
    ],
    [
      'begun again with the picture that was taken back',
      did(DEVELOPED, CONFIRM, { name: 'withdraw' }, { name: 'restart' }),
      { state: 'developed', developedPhotoId: photo('good'), confirmedPhotoId: null, attempts: 1 },
    ],
    [
      'begun again after a rejection: the rejected picture does not come back',
      did(DEVELOPED, CONFIRM, { name: 'reject' }, { name: 'withdraw' }, { name: 'restart' }),
      { state: 'bound', developedPhotoId: null, attempts: 1 },
    ],
    [
      'in a package that was stopped before it was delivered',
      did(DEVELOPED, CONFIRM, { name: 'accept' }, { name: 'export' }, { name: 'recall' }),
      { state: 'accepted', confirmedPhotoId: photo('good') },
    ],
    [
      'sent back by the school after it was delivered',
      did(
        DEVELOPED,
        CONFIRM,
        { name: 'accept' },
        { name: 'export' },
        { name: 'deliver' },
        { name: 'return' },
      ),
      { state: 'rejected', confirmedPhotoId: null },
    ],
  ])('%s', (_, life, expected) => {
    expect(life).toMatchObject(expected);
  });
});

describe('refusals say why', () => {
  test.each<[string, SubmissionLife, SubmissionEvent, string]>([
    ['a second yes', did(DEVELOPED, CONFIRM), CONFIRM, 'ALREADY_CONFIRMED'],
    ['a yes after acceptance', did(DEVELOPED, CONFIRM, { name: 'accept' }), CONFIRM, 'ALREADY_CONFIRMED'],
    ['a yes without a picture', did(BLOCKED), CONFIRM, 'NOTHING_TO_CONFIRM'],
    [
      'a yes to a rejected picture',
      did(DEVELOPED, CONFIRM, { name: 'reject' }),
      CONFIRM,
      'NOTHING_TO_CONFIRM',
    ],
    [
      'a yes to a picture that was replaced',
      did(DEVELOPED, { name: 'photo-developed', photoId: photo('better') }),
      CONFIRM,
      'PHOTO_SUPERSEDED',
    ],
    ['a yes after withdrawing', did(DEVELOPED, { name: 'withdraw' }), CONFIRM, 'SUBMISSION_STATE'],
    ['a photo after the yes', did(DEVELOPED, CONFIRM), DEVELOPED, 'SUBMISSION_STATE'],
    [
      'withdrawing what was accepted',
      did(DEVELOPED, CONFIRM, { name: 'accept' }),
      { name: 'withdraw' },
      'SUBMISSION_STATE',
    ],
    [
      'taking out of a package what was delivered',
      did(DEVELOPED, CONFIRM, { name: 'accept' }, { name: 'export' }, { name: 'deliver' }),
      { name: 'recall' },
      'SUBMISSION_STATE',
    ],
    [
      'undoing a return of what the review rejected',
      did(DEVELOPED, CONFIRM, { name: 'reject' }),
      UNDO_RETURN,
      'SUBMISSION_STATE',
    ],
    ['restarting what was not withdrawn', did(), { name: 'restart' }, 'SUBMISSION_STATE'],
  ])('%s', (_, life, event, code) => {
    expect(applyEvent(life, event)).toEqual({ ok: false, code });
  });
});

describe.each(ACCEPTED_STATES)('a photo that is sent back when it is %s', (state) => {
  const returned = did(...TO[state], RETURN);

  test('is nobody’s confirmed photo, and it is known where it was', () => {
    expect(returned).toMatchObject({ state: 'rejected', confirmedPhotoId: null, returnedFrom: state });
  });

  test('is that again where the return is undone, as if it had never been', () => {
    expect(after([UNDO_RETURN], returned)).toEqual(did(...TO[state]));
  });

  test('does not wait for a review again: there is none to undo', () => {
    const refusal = { ok: false, code: 'SUBMISSION_STATE' };
    expect(applyEvent(returned, { name: 'undo-review' })).toEqual(refusal);
  });

  test.each<[string, SubmissionEvent]>([
    ['has taken a photo that is blocked', BLOCKED],
    ['has taken a better one', { name: 'photo-developed', photoId: photo('better') }],
    ['has taken it back', { name: 'withdraw' }],
  ])('stays sent back once the student %s', (_, event) => {
    const life = after([event], returned);
    expect(life.returnedFrom).toBeNull();
    expect(applyEvent(life, UNDO_RETURN)).toEqual({ ok: false, code: 'SUBMISSION_STATE' });
  });
});
