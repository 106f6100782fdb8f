/** Walks that are taken first: one through everything that people do, and those that once found a fault. */
import { type ActionName, type Step, type Walk } from './steps';
import { type Season } from './world';

const USUAL: Season = { attemptLimit: null, retention: {} };

/** What the actions make of a choice. */
const [ACCEPT, REJECT, LOOKED_AT_BY_SCHOOL] = [0, 4, 3];
const BLOCKED = 6;
const [NEW_PHOTOS, ALL_ACCEPTED] = [2, 3];
const [SEVEN_MINUTES, FIFTEEN_DAYS] = [5, 14];

function step(action: ActionName, about: Partial<Step> = {}): Step {
  return { action, student: 0, choice: 2, trouble: null, ...about };
}

const of = (student: number, ...actions: readonly ActionName[]) =>
  actions.map((action) => step(action, { student }));

/** The way to an accepted photo. */
const accepted = (student = 0): readonly Step[] => [
  ...of(student, 'consents', 'binds', 'shoots', 'confirms'),
  step('reviews', { choice: ACCEPT }),
];

const packed = [step('startsPackage', { choice: NEW_PHOTOS }), step('goesOnPacking', { choice: 0 })];
const sentAgain = (steps: readonly Step[]) =>
  steps.map((one): Step => ({ ...one, trouble: { kind: 'again' } }));

/** Everything that people do in a season, and each request is sent again. */
const everything: Walk = {
  season: { ...USUAL, attemptLimit: 3 },
  steps: sentAgain([
    ...[
      step('importsList', { choice: 1 }),
      ...accepted(0),
      ...accepted(1),
      step('shoots', { choice: BLOCKED }),
    ],
    // A student at a station, who is reviewed twice, goes on with the own phone and uses up the attempts.
    ...of(2, 'seats', 'shootsAtStation', 'confirmsAtStation', 'leavesSeat'),
    ...[step('reviews', { choice: REJECT }), step('undoes', { choice: ACCEPT })],
    ...[step('reviews', { choice: REJECT }), ...of(2, 'consents', 'binds')],
    ...[step('shoots', { student: 2, choice: BLOCKED }), ...of(2, 'shoots', 'shoots')],
    ...of(2, 'withdraws', 'restarts', 'confirms'),
    // Packages that are made, delivered, stopped; photos in them that are sent back, taken anew.
    ...[...packed, step('opensPackage', { choice: 0 }), step('writesSpreadsheet'), step('sendsBack')],
    ...[step('undoes', { choice: LOOKED_AT_BY_SCHOOL }), step('deliversPackage', { choice: 0 })],
    ...[
      step('startsPackage', { choice: ALL_ACCEPTED }),
      step('stopsPackage', { choice: 0 }),
      step('sendsBack'),
    ],
    ...[step('shoots'), step('confirms'), step('reviews', { choice: ACCEPT }), ...packed],
    ...[step('stopsPackage', { choice: 0 }), step('takesConsentBack', { student: 1 }), step('night')],
    // The office.
    ...[step('invites', { choice: 0 }), step('acceptsInvitation'), step('invites', { choice: 2 })],
    ...[step('removesNewcomer'), step('acceptsInvitation'), step('changesBatch', { choice: 0 })],
    ...[step('movesDeadline', { choice: 0 }), step('movesDeadline', { choice: 3 })],
    ...[step('importsList', { choice: 7 }), step('sendsReminders')],
    // Who changes his mind.
    ...of(3, 'consents', 'binds', 'allowsReminder', 'shoots', 'looksAtPictures', 'withdraws', 'deletes'),
    ...[...of(3, 'binds', 'releasesBinding'), step('waits', { choice: FIFTEEN_DAYS }), step('night')],
  ]),
};

/** An undone return is no second acceptance: the delivered photo is in no further package of new photos. */
const returnUndone: Walk = {
  season: USUAL,
  steps: [
    ...[...accepted(), ...packed, step('deliversPackage', { choice: 0 }), step('sendsBack')],
    ...[step('undoes', { choice: LOOKED_AT_BY_SCHOOL }), step('waits', { choice: SEVEN_MINUTES })],
    ...[step('reviews', { choice: ACCEPT }), ...packed],
  ],
};

/** A package that hands its photos over at the moment in which it is due does not expire in the night. */
const nightWhileHandingOver: Walk = {
  season: { ...USUAL, retention: { packagesDays: 0 } },
  steps: [
    ...[...accepted(), packed[0]!],
    step('goesOnPacking', {
      choice: 0,
      trouble: { kind: 'overtaken', at: 34, by: [step('night')] },
    }),
  ],
};

/** A package whose worker died while handing over is followed by the timer, not by the night. */
const deadWhileHandingOver: Walk = {
  season: { ...USUAL, retention: { packagesDays: 3 } },
  steps: [
    ...[...accepted(), packed[0]!],
    step('goesOnPacking', { choice: 0, trouble: { kind: 'dies', at: 34 } }),
    ...[step('waits', { choice: FIFTEEN_DAYS }), step('night'), step('packagesTimer'), packed[0]!],
    ...[step('deliversPackage', { choice: 0 }), step('stopsPackage', { choice: 0 }), packed[0]!],
  ],
};

/** A package that is stopped while the night takes it stays stopped, and its photos are new. */
const stoppedInTheNight: Walk = {
  season: { ...USUAL, retention: { packagesDays: 3 } },
  steps: [
    ...[...accepted(), ...packed, step('waits', { choice: FIFTEEN_DAYS })],
    step('night', { trouble: { kind: 'overtaken', at: 4, by: [step('stopsPackage', { choice: 0 })] } }),
    ...[...packed, step('stopsPackage', { choice: 0 }), packed[0]!],
  ],
};

/** A photo is in one package of new photos, and its acceptance is not undone while that one is made. */
const undoneWhilePacked: Walk = {
  season: USUAL,
  steps: [
    ...[...accepted(), packed[0]!, packed[0]!],
    step('goesOnPacking', {
      choice: 0,
      trouble: { kind: 'overtaken', at: 34, by: [step('undoes', { choice: ACCEPT })] },
    }),
    ...[step('reviews', { choice: ACCEPT }), ...packed],
  ],
};

export const KNOWN_WALKS: readonly Walk[] = [
  ...[undoneWhilePacked, everything, returnUndone],
  ...[nightWhileHandingOver, deadWhileHandingOver, stoppedInTheNight],
];
