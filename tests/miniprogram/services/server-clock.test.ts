/** The cloud's time on a phone whose own clock is wrong. */
import type * as clock from '../../../miniprogram/services/server-clock';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';
import { at } from '../../support/view-builder';

type Clock = typeof clock;

const DAY_MS = 86_400_000;
const TRUE_NOW = Date.parse('2027-01-10T04:00:00.000Z');
let phone: FakeWx;

/** The mini program opened anew: what it held in memory is gone, what lies on the phone is not. */
async function opened(): Promise<Clock> {
  jest.resetModules();
  return import('../../../miniprogram/services/server-clock');
}

beforeEach(() => {
  phone = installFakeWx();
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  phone.remove();
});

it('knows only the phone’s own time before the cloud has ever told it', async () => {
  jest.setSystemTime(TRUE_NOW);
  expect((await opened()).serverNow()).toBe(new Date(TRUE_NOW).toISOString());
});

it.each([
  ['a year ahead', 365],
  ['a year behind', -365],
])('tells the true time after a restart without network on a phone that is %s', async (_, days) => {
  jest.setSystemTime(TRUE_NOW + days * DAY_MS);
  (await opened()).learnServerTime(at(new Date(TRUE_NOW).toISOString()));
  jest.setSystemTime(TRUE_NOW + (days + 2) * DAY_MS);
  expect((await opened()).serverNow()).toBe(new Date(TRUE_NOW + 2 * DAY_MS).toISOString());
});

it('trusts a phone again whose clock was put right since', async () => {
  jest.setSystemTime(TRUE_NOW + 365 * DAY_MS);
  (await opened()).learnServerTime(at(new Date(TRUE_NOW).toISOString()));
  jest.setSystemTime(TRUE_NOW + DAY_MS);
  expect((await opened()).serverNow()).toBe(new Date(TRUE_NOW + DAY_MS).toISOString());
});

it('takes nothing from storage that another version wrote', async () => {
  jest.setSystemTime(TRUE_NOW);
  phone.stored.set('server-clock.1', { aheadMs: 'much' });
  expect((await opened()).serverNow()).toBe(new Date(TRUE_NOW).toISOString());
});
