/** Package limits: the project's own for the main package, WeChat's for the rest. */
import {
  checkPackageSize,
  MAIN_PACKAGE_LIMIT,
  SUB_PACKAGE_LIMIT,
  TOTAL_LIMIT,
} from '../../../scripts/check-wechat/checks/package-size';

test.each([
  [
    'everything at its limit',
    [
      { root: '', bytes: MAIN_PACKAGE_LIMIT },
      { root: 'a/', bytes: SUB_PACKAGE_LIMIT },
    ],
    0,
  ],
  ['main package a byte too large', [{ root: '', bytes: MAIN_PACKAGE_LIMIT + 1 }], 1],
  ['sub-package a byte too large', [{ root: 'a/', bytes: SUB_PACKAGE_LIMIT + 1 }], 1],
  [
    'all together too large',
    Array.from({ length: 11 }, (_, index) => ({ root: `${index}/`, bytes: TOTAL_LIMIT / 11 + 1 })),
    1,
  ],
])('%s: %#', (_, sizes, findings) => {
  expect(checkPackageSize(sizes)).toHaveLength(findings);
});
