import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SLICE_MS, WORKER_SECONDS } from '../../cloudfunctions/requests/lease';

interface FunctionSettings {
  readonly timeout: number;
  readonly memorySize: number;
  readonly permissions: { readonly openapi: readonly string[] };
}

const settingsOf = (name: string) =>
  JSON.parse(
    readFileSync(join(__dirname, '../../cloudfunctions/functions', name, 'config.json'), 'utf8'),
  ) as FunctionSettings;

test.each(Object.entries(WORKER_SECONDS))(
  '%s: a slice ends inside the time limit, and the platform has ended a worker before the next one takes its place',
  (name, workerSeconds) => {
    const { timeout } = settingsOf(name);
    expect(SLICE_MS / 1000).toBeLessThan(timeout);
    expect(timeout).toBeLessThan(workerSeconds);
  },
);

test.each(['student', 'photo'])('%s asks for no permission that it does not use', (name) => {
  expect(settingsOf(name).permissions.openapi).toEqual([]);
});
