/** What the actions about batches accept: shapes and sizes here, meaning in the kernel's `requireValidBatch`. */
import * as v from 'valibot';
import { batchId, cursor, instant, line, revision, schoolCode, type SchemasOf, sentence } from './common';
import { BATCH_LIMITS } from '../../../../miniprogram/shared/batch/batch-rules';
import { type BatchesContract } from '../../../../miniprogram/shared/contract/operator/batches';
import { CHECK_IDS } from '../../../../miniprogram/shared/verdict/check-ids';

const cohortText = v.exactOptional(line(2 * BATCH_LIMITS.cohortCharacters));
const cohort = v.strictObject({
  level: cohortText,
  year: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{4}$/))),
  studyForm: cohortText,
  duration: cohortText,
});
const channel = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const photoSettings = v.strictObject({
  background: v.strictObject({ red: channel, green: channel, blue: channel }),
  fileBytes: v.strictObject({ min: v.number(), max: v.number() }),
  glasses: v.picklist(['allowed', 'forbidden']),
});
const limits = v.exactOptional(
  v.strictObject({ min: v.exactOptional(v.number()), max: v.exactOptional(v.number()) }),
);
const measureOverride = v.strictObject({ allowed: limits, tolerated: limits, evidence: line(200) });
const checkOverride = v.strictObject({
  severity: v.exactOptional(v.picklist(['warn', 'block'])),
  measures: v.exactOptional(v.record(v.pipe(v.string(), v.maxLength(40)), measureOverride)),
});
const checkSettings = v.strictObject({
  onlyWarn: v.pipe(v.array(v.picklist(CHECK_IDS)), v.maxLength(CHECK_IDS.length)),
  overrides: v.exactOptional(v.strictObject(v.entriesFromList(CHECK_IDS, v.exactOptional(checkOverride)))),
});
const days = v.pipe(v.number(), v.integer());
const retention = v.strictObject({
  unfinishedDays: v.nullable(days),
  originalsDays: v.nullable(days),
  everythingDays: days,
  packagesDays: days,
});

const changeable = {
  title: line(2 * BATCH_LIMITS.titleCharacters),
  graduationDate: v.pipe(v.string(), v.isoDate()),
  cohorts: v.pipe(v.array(cohort), v.maxLength(BATCH_LIMITS.cohorts)),
  opensAt: instant,
  photoSettings,
  attemptLimit: v.nullable(v.pipe(v.number(), v.integer())),
  telephone: line(40),
  notice: v.pipe(v.string(), v.maxLength(2 * BATCH_LIMITS.noticeCharacters)),
  rosterRequired: v.boolean(),
  checkSettings,
  confirmOnTheSpot: v.boolean(),
  retention,
};

export const BATCH_SCHEMAS: SchemasOf<BatchesContract> = {
  batches: v.strictObject({ schoolCode: v.exactOptional(schoolCode), cursor }),
  batch: v.strictObject({ batchId }),
  createBatch: v.strictObject({ ...changeable, schoolCode, closesAt: instant }),
  updateBatch: v.strictObject({
    batchId,
    revision,
    changes: v.strictObject({
      title: v.exactOptional(changeable.title),
      graduationDate: v.exactOptional(changeable.graduationDate),
      cohorts: v.exactOptional(changeable.cohorts),
      opensAt: v.exactOptional(changeable.opensAt),
      photoSettings: v.exactOptional(photoSettings),
      attemptLimit: v.exactOptional(changeable.attemptLimit),
      telephone: v.exactOptional(changeable.telephone),
      notice: v.exactOptional(changeable.notice),
      rosterRequired: v.exactOptional(changeable.rosterRequired),
      checkSettings: v.exactOptional(checkSettings),
      confirmOnTheSpot: v.exactOptional(changeable.confirmOnTheSpot),
      retention: v.exactOptional(retention),
    }),
  }),
  changeDeadline: v.strictObject({ batchId, revision, closesAt: instant, reason: sentence }),
};
