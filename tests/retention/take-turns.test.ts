import { takeTurns, TURN_MS, type Work } from '../../cloudfunctions/retention/take-turns';

afterEach(() => jest.restoreAllMocks());

/** Works by their names with how many things each has to do, every one of which takes so long. @returns what was done */
async function shared(things: Readonly<Record<string, number>>, takes: number, timeMs: number) {
  let passed = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => passed);
  let done = '';
  async function* work(name: string, count: number): Work {
    for (let each = 0; each < count; each += 1) {
      yield;
      await Promise.resolve();
      passed += takes;
      done += name;
    }
  }
  const works = Object.entries(things).map(([name, count]) => work(name, count));
  const isDone = await takeTurns(works, () => passed < timeMs);
  return { done, isDone };
}

test.each([
  ['goes on as long as a turn lasts', TURN_MS / 2, 'aabbccaabbaa'],
  ['does one thing at least', TURN_MS * 3, 'abcabcababaa'],
])('everybody has a turn before anybody has another, and %s in it', async (_, takes, order) => {
  expect(await shared({ a: 6, b: 4, c: 2 }, takes, 1e6)).toEqual({ done: order, isDone: true });
});

test('what one does not need the others have', async () => {
  const outcome = await shared({ a: 1, b: 0, c: 20 }, TURN_MS, 12 * TURN_MS);
  expect(outcome).toEqual({ done: `a${'c'.repeat(11)}`, isDone: false });
});

test('two who have too much share the time in equal parts', async () => {
  const { done, isDone } = await shared({ a: 1000, b: 1000 }, TURN_MS / 10, 10 * TURN_MS);
  expect([done.split('a').length, done.split('b').length, isDone]).toEqual([51, 51, false]);
});

test('nothing is begun when there is no time', async () => {
  expect(await shared({ a: 1, b: 1 }, TURN_MS, 0)).toEqual({ done: '', isDone: false });
});
