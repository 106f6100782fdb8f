/** Every own component has tests of its own, on WeChat's older framework. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const names = readdirSync(join(__dirname, '../../miniprogram/components'));

test.each(names)('%s', (name) => {
  expect(existsSync(join(__dirname, `${name}.test.ts`))).toBe(true);
});
