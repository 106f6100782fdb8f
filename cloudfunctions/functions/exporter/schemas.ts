/** What each action of `exporter` accepts. */
import * as v from 'valibot';
import { batchId, cursor, idOf, line, type SchemasOf, stationChoice } from '../operator/schemas/common';
import { type ExporterContract, SPREADSHEET_COLUMNS } from '../../../miniprogram/shared/contract/exporter';
import { REJECT_REASONS } from '../../../miniprogram/shared/contract/submission-view';
import { type ExportId } from '../../../miniprogram/shared/identity/ids';
import { ROSTER_FIELDS } from '../../../miniprogram/shared/roster/roster-fields';
import { SUBMISSION_STATES } from '../../../miniprogram/shared/submission/submission-machine';

const exportId = idOf<ExportId>();
const request = v.strictObject({
  selection: v.strictObject({
    batchId,
    stationId: stationChoice,
    photos: v.picklist(['new', 'all-accepted']),
  }),
  template: v.strictObject({
    fileName: v.pipe(v.string(), v.maxLength(300)),
    folder: v.pipe(v.string(), v.maxLength(600)),
  }),
});
const job = v.strictObject({ exportId });

const label = line(60);
const labels = v.strictObject({
  headings: v.strictObject(v.entriesFromList(SPREADSHEET_COLUMNS, label)),
  states: v.strictObject(v.entriesFromList([...SUBMISSION_STATES, 'not-bound'] as const, label)),
  reasons: v.strictObject(v.entriesFromList(REJECT_REASONS, label)),
  yes: label,
  no: label,
});

const rosterLine = v.strictObject(v.entriesFromList(ROSTER_FIELDS, label));

export const EXPORTER_SCHEMAS: SchemasOf<ExporterContract> = {
  check: request,
  start: request,
  proceed: job,
  job,
  jobs: v.strictObject({ batchId, cursor }),
  links: job,
  cancel: job,
  markDelivered: job,
  spreadsheet: v.strictObject({ batchId, stationId: stationChoice, labels }),
  rosterTemplate: v.strictObject({
    batchId,
    format: v.picklist(['xlsx', 'csv']),
    labels: v.strictObject({ headings: rosterLine, example: rosterLine }),
  }),
};
