/** What a station's teacher does with students in front of the own phone. */
import { shownPhoto, submitPortrait } from './student-actions';
import { type Actions } from './turn';
import { CONSENT_VERSION } from '../../../miniprogram/shared/contract/student';

export const STATION_ACTIONS = {
  seats: {
    weight: 5,
    async run(world, { student, choice, going }) {
      const { teacher } = world;
      const resolution = await world.ask(teacher, 'operator', 'stationResolve', world.shown(student));
      if (resolution === null) return;
      const consentVersion = resolution.consentNeeded && choice % 5 > 0 ? CONSENT_VERSION : null;
      const request = { resolutionId: resolution.id, consentVersion };
      const seat = await world.ask(teacher, 'operator', 'stationSeat', request, going);
      if (seat) world.memory.seats.set(student, seat.id);
    },
  },
  shootsAtStation: {
    weight: 4,
    async run(world, turn) {
      const seatId = world.memory.seats.get(turn.student);
      if (seatId === undefined) return;
      const wish = { seatId, extension: 'jpg' } as const;
      const ticket = await world.ask(world.teacher, 'operator', 'stationUpload', wish);
      if (ticket) await submitPortrait(world, world.teacher, ticket, turn);
    },
  },
  confirmsAtStation: {
    weight: 3,
    async run(world, { student, going }) {
      const seatId = world.memory.seats.get(student);
      if (seatId === undefined) return;
      const request = { seatId, photoId: await shownPhoto(world, student), ...world.shown(student) };
      await world.ask(world.teacher, 'operator', 'stationConfirm', request, going);
    },
  },
  leavesSeat: {
    weight: 1,
    async run(world, { student, going }) {
      const seatId = world.memory.seats.get(student);
      if (seatId !== undefined) await world.ask(world.teacher, 'operator', 'stationLeave', { seatId }, going);
    },
  },
} satisfies Actions;
