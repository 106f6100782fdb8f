/** The export page's work in the cloud, and the questions before what cannot be taken back. */
import { EXPORT_WORDS } from '../../copy/operator-export-words';
import { SPREADSHEET_LABELS } from '../../copy/spreadsheet-words';
import { ask, say } from '../../platform/feedback';
import { Send } from '../../services/step-requests';
import { ExportJob, ExportRequest } from '../../shared/contract/exporter';
import { isDomainError } from '../../shared/errors';
import { BatchId } from '../../shared/identity/ids';
import { copyText } from '../platform/clipboard';
import { exporterService, operatorService } from '../services/staff-services';
import { ExportState, isUnderway } from './to-view';

type Packages = Pick<ExportState, 'stations' | 'jobs' | 'nextJobs'>;

export async function readPackages(batchId: BatchId): Promise<Packages> {
  const [{ schoolCode }, { jobs, next: nextJobs = null }] = await Promise.all([
    operatorService.batch({ batchId }),
    exporterService.jobs({ batchId }),
  ]);
  const { stations } = await operatorService.stations({ schoolCode });
  return { stations, jobs, nextJobs };
}

/**
 * Starts a package. The one that is in the way may be somebody else's: then what there is by now is shown, so that it
 * can be gone on with or stopped.
 */
export async function startPackage(
  request: ExportRequest,
  showAll: (packages: Packages) => void,
  send: Send,
): Promise<ExportJob> {
  try {
    return await send(exporterService.start, request);
  } catch (error) {
    if (isDomainError(error) && error.code === 'EXPORT_UNDERWAY') {
      showAll(await readPackages(request.selection.batchId));
    }
    throw error;
  }
}

/** Goes on slice by slice until the package is finished or nobody wants it any more; each slice is shown. */
export async function packSlices(
  first: ExportJob,
  show: (job: ExportJob) => void,
  isWanted: () => boolean,
): Promise<void> {
  let job = first;
  show(job);
  while (isUnderway(job) && isWanted()) {
    job = await exporterService.proceed({ exportId: job.id });
    show(job);
  }
}

/** Marks slice by slice until the package is delivered or nobody waits any more; who marks it again goes on. */
export async function markSlices(
  mark: () => Promise<ExportJob>,
  show: (job: ExportJob) => void,
  isWanted: () => boolean,
): Promise<void> {
  for (;;) {
    const job = await mark();
    show(job);
    if (job.deliveredAt !== null || !isWanted()) return;
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

/** What becomes of the photos depends on how far the package is. */
export function askCancel(job: ExportJob): Promise<boolean> {
  const { askCancelTitle, askCancelText, askCancelYes, askCancelNo } = EXPORT_WORDS;
  const text =
    askCancelText[isUnderway(job) ? 'underway' : job.deliveredAt === null ? 'finished' : 'delivered'];
  return ask({ title: askCancelTitle, text, yes: askCancelYes, no: askCancelNo });
}
