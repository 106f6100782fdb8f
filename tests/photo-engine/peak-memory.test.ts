/** The most memory of a process is its own, not that of the larger program that started it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { peakMemoryMegabytes } from '../../cloudfunctions/photo-engine/peak-memory';

const MODULE = join(__dirname, '../../cloudfunctions/photo-engine/peak-memory.ts');
/** Far more than a small Node needs. */
const LARGE_MEGABYTES = 500;

test('a small process that a large one started is small', () => {
  const held = Buffer.alloc(LARGE_MEGABYTES * 1e6, 1);
  const code = `console.log(require(${JSON.stringify(MODULE)}).peakMemoryMegabytes())`;
  const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', code], {
    encoding: 'utf8',
  });
  expect(held.length).toBe(LARGE_MEGABYTES * 1e6);
  expect(peakMemoryMegabytes()).toBeGreaterThan(LARGE_MEGABYTES);
  expect(Number(printed)).toBeGreaterThan(20);
  expect(Number(printed)).toBeLessThan(LARGE_MEGABYTES / 2);
});
