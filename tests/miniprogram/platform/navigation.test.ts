import { openStaff } from '../../../miniprogram/operator/navigation';
import { open } from '../../../miniprogram/platform/navigation';
import { type FakeWx, installFakeWx } from '../../support/fake-wx';

let phone: FakeWx;

/** A phone on which so many pages lie above each other. */
function withPages(count: number): void {
  phone = installFakeWx();
  Object.assign(globalThis, { getCurrentPages: () => Array.from({ length: count }, () => ({})) });
}

afterEach(() => {
  phone.remove();
});

describe.each([
  [
    'a student’s page',
    () => {
      open({ page: 'help' });
    },
    '/pages/help/help',
  ],
  [
    'a staff page',
    () => {
      openStaff({ page: 'batches' });
    },
    '/operator/batches/batches',
  ],
])('%s', (_, tap, url) => {
  it.each([
    [9, 'above the present one while WeChat has room', 'navigateTo'],
    [10, 'in its place where WeChat would refuse an eleventh', 'redirectTo'],
  ])('opens with %i pages %s', (count, _how, how) => {
    withPages(count);
    tap();
    expect(phone.opened).toEqual([{ how, url }]);
  });
});
