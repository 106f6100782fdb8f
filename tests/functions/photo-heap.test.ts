/** What a photo leaves behind is collected a little after it, while the storage answers, however it ended. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const HEAP = JSON.stringify(join(__dirname, '../../cloudfunctions/functions/photo/heap.ts'));

/** In a process of its own: the flags of V8 count for a whole process. Prints what a photo's caller sees. */
function seenBy(caller: string): unknown {
  const program = `
    const { collectSoonAfter } = require(${HEAP});
    let left;
    const develop = async (outcome) => {
      const picture = new Uint8Array(1e6);
      left = new WeakRef(picture);
      await new Promise(setImmediate);
      picture[0] = 1;
      return outcome();
    };
    const isLeft = () => left.deref() !== undefined;
    const later = () => new Promise((resolve) => setTimeout(resolve, 200));
    (async () => console.log(JSON.stringify(await (${caller})())))();`;
  const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
    encoding: 'utf8',
  });
  return JSON.parse(printed);
}

test('a developed photo is answered first, and what it left is collected then', () => {
  const caller = `async () => {
    const answer = await collectSoonAfter(develop(() => 'developed'));
    const before = isLeft();
    await later();
    return { answer, before, after: isLeft() };
  }`;
  expect(seenBy(caller)).toEqual({ answer: 'developed', before: true, after: false });
});

test('a photo that failed fails as it did, and what it left is collected too', () => {
  const caller = `async () => {
    const refused = await collectSoonAfter(develop(() => { throw new Error('IMAGE_UNREADABLE'); })).catch(({ message }) => message);
    await later();
    return { refused, after: isLeft() };
  }`;
  expect(seenBy(caller)).toEqual({ refused: 'IMAGE_UNREADABLE', after: false });
});

test('without it the same picture is still there', () => {
  const caller = `async () => {
    await develop(() => 'developed');
    await later();
    return isLeft();
  }`;
  expect(seenBy(caller)).toBe(true);
});
