/** What time does: it passes, timers fire, and a phone that had no answer sends its request again. */
import { type Actions, chosen } from './turn';
import { passSeconds } from '../stage';
import { DAY } from '../world';

/** From a second to past the packages' two weeks. */
const WAITS = [1, 30, 40, 70, 70, 400, 400, 1000, 4000, 8 * 3600, 8 * 3600, DAY, DAY, 3 * DAY, 15 * DAY];

export const TIME_ACTIONS = {
  waits: {
    weight: 8,
    run: (world, turn) => {
      passSeconds(chosen(turn, WAITS));
      world.note('waited');
      return Promise.resolve();
    },
  },
  packagesTimer: { weight: 4, run: (world, { going }) => world.timer('proceed', going.fault) },
  night: { weight: 4, run: (world, { going }) => world.timer('nightly', going.fault) },
  sendsAgain: {
    weight: 5,
    async run(world, { going }) {
      const request = world.memory.unanswered;
      world.memory.unanswered = null;
      if (request) await world.send(request, going);
    },
  },
} satisfies Actions;
