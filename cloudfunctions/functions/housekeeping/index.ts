/** The function `housekeeping`: deletes what the rules say, every night in slices, and reports what it would delete. */
import { HOUSEKEEPING_SCHEMAS as schemas } from './schemas';
import { defineStaffFunction } from '../../operator-access/define-staff-function';
import { instantOf } from '../../platform/clock';
import { runRetention } from '../../retention/run-retention';
import { type HousekeepingContract } from '../../../miniprogram/shared/contract/housekeeping';

/** The actor of work that nobody asked for at that moment. */
const TIMER = 'timer';

export const main = defineStaffFunction<HousekeepingContract>({
  name: 'housekeeping',
  actions: {
    report: {
      schema: schemas.report,
      run: (staff) => staff.inScope(() => runRetention(staff.call, { dryRun: true })),
    },
    run: {
      schema: schemas.run,
      run: (staff) => staff.inScope(() => runRetention(staff.call, { dryRun: false })),
    },
  },
  timers: {
    nightly: ({ clock, requestId }) =>
      runRetention({ openid: TIMER, now: instantOf(clock.now()), requestId }, { dryRun: false }),
  },
});
