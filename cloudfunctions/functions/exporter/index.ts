/** The function `exporter`: packages, made in slices by the staff's calls and by a timer for what was left. */
import { EXPORTER_SCHEMAS as schemas } from './schemas';
import { batchSubject } from '../../batch/batch-subject';
import { exportSubject, toExportJob } from '../../export/export-document';
import { proceedExport } from '../../export/proceed-export';
import { proceedUnfinished } from '../../export/proceed-unfinished';
import { checkExport, startExport } from '../../export/start-export';
import { cancelExport, exportLinks, linkToFile, listExports, markDelivered } from '../../export/use-package';
import { storeForAWhile } from '../../export/short-lived-file';
import { writeSpreadsheet } from '../../export/write-spreadsheet';
import { defineStaffFunction } from '../../operator-access/define-staff-function';
import { instantOf } from '../../platform/clock';
import { stationsInReach } from '../../progress/stations-in-reach';
import { rosterTemplate } from '../../roster/template-file';
import { type ExporterContract } from '../../../miniprogram/shared/contract/exporter';

/** The actor of work that nobody asked for at that moment. */
const TIMER = 'timer';

export const main = defineStaffFunction<ExporterContract>({
  name: 'exporter',
  actions: {
    check: {
      schema: schemas.check,
      run: (staff, input) =>
        staff.about(batchSubject(input.selection.batchId), (batch) => checkExport(batch, input)),
    },
    start: {
      schema: schemas.start,
      run: (staff, input) =>
        staff.about(batchSubject(input.selection.batchId), (batch) => startExport(staff.call, batch, input)),
    },
    proceed: {
      schema: schemas.proceed,
      run: (staff, { exportId }) =>
        staff.about(exportSubject(exportId), () => proceedExport(staff.call, exportId)),
    },
    job: {
      schema: schemas.job,
      run: (staff, { exportId }) =>
        staff.about(exportSubject(exportId), (job) => Promise.resolve(toExportJob(job))),
    },
    jobs: {
      schema: schemas.jobs,
      run: (staff, input) => staff.about(batchSubject(input.batchId), () => listExports(input)),
    },
    links: {
      schema: schemas.links,
      run: (staff, { exportId }) =>
        staff.about(exportSubject(exportId), async (job) => ({ files: await exportLinks(staff.call, job) })),
    },
    cancel: {
      schema: schemas.cancel,
      run: (staff, { exportId }) =>
        staff.about(exportSubject(exportId), (job) => cancelExport(staff.call, job)),
    },
    markDelivered: {
      schema: schemas.markDelivered,
      run: (staff, { exportId }) =>
        staff.about(exportSubject(exportId), (job) => markDelivered(staff.call, job)),
    },
    spreadsheet: {
      schema: schemas.spreadsheet,
      run: (staff, { batchId, stationId, labels }) =>
        staff.about(batchSubject(batchId), async (batch) => {
          const stations = stationsInReach(staff.scope, batch.schoolCode, stationId);
          return linkToFile(staff.call, await writeSpreadsheet(staff.call, batch, stations, labels));
        }),
    },
    rosterTemplate: {
      schema: schemas.rosterTemplate,
      run: (staff, { batchId, format, labels }) =>
        staff.about(batchSubject(batchId), async () => {
          const bytes = await rosterTemplate(format, labels);
          const file = await storeForAWhile(staff.call, bytes, `roster.${format}`);
          return linkToFile(staff.call, file);
        }),
    },
  },
  timers: {
    proceed: ({ clock, requestId }) =>
      proceedUnfinished({ openid: TIMER, now: instantOf(clock.now()), requestId }),
  },
});
