/** A batch that is open, for everybody of 2021级 and for 2018级高起本, as in the notice that the product follows. */
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type BatchId, type Instant } from '../../miniprogram/shared/identity/ids';
import { DEFAULT_PHOTO_SETTINGS } from '../../miniprogram/shared/photo-standard/photo-standard';

const DAY = 24 * 3600 * 1000;

/** A moment so many days from now; negative: ago. */
export function daysFromNow(days: number): Instant {
  return new Date(Date.now() + days * DAY).toISOString() as Instant;
}

export function aBatch(changes: Partial<Batch> = {}): Batch {
  return {
    id: 'batch-of-tests' as BatchId,
    schoolCode: '99999',
    schoolName: '示范大学',
    title: '2026届毕业生图像采集',
    graduationDate: '2027-01-10',
    cohorts: [{ year: '2018', level: '高起本' }, { year: '2021' }],
    opensAt: daysFromNow(-10),
    closesAt: daysFromNow(10),
    photoSettings: DEFAULT_PHOTO_SETTINGS,
    attemptLimit: null,
    telephone: '0550-0000000',
    notice: '',
    rosterRequired: false,
    ...changes,
  };
}
