/** What the actions about rosters accept. */
import * as v from 'valibot';
import { batchId, idOf, page, type SchemasOf } from './common';
import { fileId, uploadId } from '../../student/schemas';
import { type RosterContract } from '../../../../miniprogram/shared/contract/operator/roster';
import { type RosterPlanId } from '../../../../miniprogram/shared/identity/ids';
import { ROSTER_FIELDS } from '../../../../miniprogram/shared/roster/roster-fields';

const planId = idOf<RosterPlanId>();
const heading = v.pipe(v.string(), v.maxLength(100));
const mapping = v.pipe(
  v.record(heading, v.nullable(v.picklist(ROSTER_FIELDS))),
  v.check((columns) => Object.keys(columns).length <= 100),
);

export const ROSTER_SCHEMAS: SchemasOf<RosterContract> = {
  prepareRosterUpload: v.strictObject({ batchId, extension: v.picklist(['csv', 'xlsx']) }),
  checkRoster: v.strictObject({
    batchId,
    uploadId,
    fileId,
    options: v.strictObject({
      mapping,
      names: v.picklist(['leave-out', 'masked', 'whole']),
      badRows: v.picklist(['stop', 'leave-out']),
    }),
  }),
  rosterPlan: v.strictObject({ planId }),
  rosterFindings: v.strictObject({ planId, page }),
  rosterDifferences: v.strictObject({ planId, page }),
  applyRoster: v.strictObject({ planId, digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
};
