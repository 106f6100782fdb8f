// More at once than the plan allows: what the functions make of the platform's refusal, and what the log says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connection } from '../../cloudfunctions/platform/database-connection';
import { limitReached } from '../../cloudfunctions/platform/database-errors';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { refusalOf } from '../support/refusal';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

/** Opens transactions until the cloud takes no more. @returns how to end them */
async function everyPlaceTaken(): Promise<() => Promise<void>> {
  const open: { rollback(): Promise<unknown> }[] = [];
  for (let refused = false; !refused;) {
    const begun = await Promise.allSettled(Array.from({ length: 50 }, () => connection().startTransaction()));
    for (const one of begun) if (one.status === 'fulfilled') open.push(one.value);
    refused = begun.some(({ status }) => status === 'rejected');
  }
  return async () => {
    await Promise.all(open.map((transaction) => transaction.rollback()));
  };
}

test('a student who comes when the plan is used up is asked to try again, and the log says why', async () => {
  const person = testCloud.person();
  const free = await everyPlaceTaken();
  expect(await refusalOf(person.agree())).toBe('TEMPORARILY_UNAVAILABLE');
  const line = JSON.parse(testCloud.cloud.logs().at(-1)!.text) as { code: string; error: { name: string } };
  expect(line).toMatchObject({
    code: 'TEMPORARILY_UNAVAILABLE',
    error: { name: 'EXCEED_CONCURRENT_REQUEST_LIMIT' },
  });
  const guide = readFileSync(join(__dirname, '../../docs/deployment.md'), 'utf8');
  expect(guide).toContain(`\`"code":"${line.code}"\`，\`error.name\` 是 \`${line.error.name}\``);

  await free();
  expect(await refusalOf(person.agree())).toBe('none');
});

const FILES = 'Files are not deleted';
test.each([
  [{ errCode: -501003, errMsg: 'collection.get:fail -501003 exceed request limit' }, 'EXCEED_REQUEST_LIMIT'],
  [{ errCode: -501004, errMsg: '' }, 'EXCEED_CONCURRENT_REQUEST_LIMIT'],
  [{ code: 'EXCEED_CONCURRENT_REQUEST_LIMIT', message: '' }, 'EXCEED_CONCURRENT_REQUEST_LIMIT'],
  [{ errCode: -1, errMsg: 'errCode: -501015 读请求次数配额耗尽' }, 'EXCEED_REQUEST_LIMIT'],
  [{ errCode: -501016 }, 'EXCEED_REQUEST_LIMIT'],
  [{ code: 'EXCEED_RATELIMIT' }, 'EXCEED_RATELIMIT'],
  [new Error(FILES, { cause: { errCode: -501003 } }), 'EXCEED_REQUEST_LIMIT'],
  [{ errCode: -502004, errMsg: 'DATABASE_COLLECTION_EXCEED_LIMIT' }, null],
  [{ errCode: -501001, errMsg: 'resource system error' }, null],
  [new Error('-5010031'), null],
  [undefined, null],
])('%j reaches the limit %s', (error, limit) => {
  expect(limitReached(error)).toBe(limit);
});
