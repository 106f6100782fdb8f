/** The export page's work in the cloud, and the questions before what cannot be taken back. */
import { EXPORT_WORDS } from '../../copy/operator-export-words';
import { SPREADSHEET_LABELS } from '../../copy/spreadsheet-words';
import { ask, say } from '../../platform/feedback';
import { ExportJob } from '../../shared/contract/exporter';
import { BatchId } from '../../shared/identity/ids';
import { copyText } from '../platform/clipboard';
import { exporterService, operatorService } from '../services/staff-services';
import { ExportState, isUnderway } from './to-view';

export async function readPackages(batchId: BatchId): Promise<Pick<ExportState, 'stations' | 'jobs'>> {
  const [{ schoolCode }, { jobs }] = await Promise.all([
    operatorService.batch({ batchId }),
    exporterService.jobs({ batchId }),
  ]);
  const { stations } = await operatorService.stations({ schoolCode });
  return { stations, jobs };
}

/** Goes on slice by slice until the package is finished or nobody wants it any more; each slice is shown. */
export async function packSlices(
  first: () => Promise<ExportJob>,
  show: (job: ExportJob) => void,
  isWanted: () => boolean,
): Promise<void> {
  let job = await first();
  show(job);
  while (isUnderway(job) && isWanted()) {
    job = await exporterService.proceed({ exportId: job.id });
    show(job);
  }
}

export async function copySpreadsheetLink(batchId: BatchId): Promise<void> {
  const { link } = await exporterService.spreadsheet({ batchId, labels: SPREADSHEET_LABELS });
  await copyText(link.url);
  say(EXPORT_WORDS.spreadsheetReady);
}

export function askDelivered(): Promise<boolean> {
  const { askDeliveredTitle, askDeliveredText, askDeliveredYes, askDeliveredNo } = EXPORT_WORDS;
  return ask({ title: askDeliveredTitle, text: askDeliveredText, yes: askDeliveredYes, no: askDeliveredNo });
}

export function askCancel(): Promise<boolean> {
  const { askCancelTitle, askCancelText, askCancelYes, askCancelNo } = EXPORT_WORDS;
  return ask({ title: askCancelTitle, text: askCancelText, yes: askCancelYes, no: askCancelNo });
}
