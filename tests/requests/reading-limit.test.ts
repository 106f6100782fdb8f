import { createReadingLimit } from '../../cloudfunctions/requests/reading-limit';
import { aCall, later } from '../support/call-builder';
import { DomainError } from '../../miniprogram/shared/errors';

const LIMIT = { maximum: 3, windowSeconds: 60, people: 2 };

test('the reading after the last one waits until the window ends', () => {
  const count = createReadingLimit(LIMIT);
  const call = aCall();
  for (let time = 0; time < LIMIT.maximum; time += 1) count(later(call, time));
  expect(() => {
    count(later(call, 20));
  }).toThrow(new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: 40 }));
  expect(() => {
    count(later(call, 60));
  }).not.toThrow();
});

test("one person's readings leave another's alone", () => {
  const count = createReadingLimit(LIMIT);
  const busy = aCall();
  for (let time = 0; time < LIMIT.maximum; time += 1) count(busy);
  expect(() => {
    count(aCall());
  }).not.toThrow();
});

test('whoever read longest ago is forgotten first, so that memory stays bounded', () => {
  const count = createReadingLimit(LIMIT);
  const [first, second, third] = [aCall(), aCall(), aCall()];
  for (let time = 0; time < LIMIT.maximum; time += 1) count(first);
  for (let time = 0; time < LIMIT.maximum; time += 1) count(second);
  count(third);
  expect(() => {
    count(second);
  }).toThrow('TOO_MANY_REQUESTS');
  expect(() => {
    count(first);
  }).not.toThrow();
});
