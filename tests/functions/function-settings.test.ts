import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKER_SECONDS } from '../../cloudfunctions/submission/submit-photo/begin-photo';

interface FunctionSettings {
  readonly timeout: number;
  readonly memorySize: number;
  readonly permissions: { readonly openapi: readonly string[] };
}

const settingsOf = (name: string) =>
  JSON.parse(
    readFileSync(join(__dirname, '../../cloudfunctions/functions', name, 'config.json'), 'utf8'),
  ) as FunctionSettings;

test('the platform has ended a worker before the next one takes its place', () => {
  expect(settingsOf('photo').timeout).toBeLessThan(WORKER_SECONDS);
});

test.each(['student', 'photo'])('%s asks for no permission that it does not use', (name) => {
  expect(settingsOf(name).permissions.openapi).toEqual([]);
});
