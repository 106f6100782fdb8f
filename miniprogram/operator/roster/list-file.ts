/** The import page's work with files and the cloud: the empty list, the chosen list, the plan until it is applied. */
import {
  ROSTER_PAGE_WORDS,
  ROSTER_TEMPLATE_LABELS,
  TEMPLATE_HEADINGS,
} from '../../copy/operator-roster-words';
import { uploadToCloud } from '../../platform/cloud';
import { say } from '../../platform/feedback';
import { RosterPlan } from '../../shared/contract/operator/roster';
import { BatchId, FileId } from '../../shared/identity/ids';
import { ChosenFile } from '../platform/choose-roster-file';
import { copyText } from '../platform/clipboard';
import { exporterService, operatorService } from '../services/staff-services';
import { RosterState } from './to-view';

export async function copyHeadings(): Promise<void> {
  await copyText(TEMPLATE_HEADINGS);
  say(ROSTER_PAGE_WORDS.copiedTemplate);
}

/** An empty list is filled on a PC, so its link goes to the clipboard. */
export async function copyTemplateLink(batchId: BatchId, format: 'xlsx' | 'csv'): Promise<void> {
  const labels = ROSTER_TEMPLATE_LABELS;
  const { link } = await exporterService.rosterTemplate({ batchId, format, labels });
  await copyText(link.url);
  say(ROSTER_PAGE_WORDS.templateReady);
}

export async function uploadList(
  batchId: BatchId,
  { path, extension }: ChosenFile,
): Promise<NonNullable<RosterState['uploaded']>> {
  const { uploadId, cloudPath } = await operatorService.prepareRosterUpload({ batchId, extension });
  const fileId = await uploadToCloud(cloudPath, path, () => undefined).done;
  return { uploadId, fileId: fileId as FileId };
}

/** Goes on slice by slice until the list holds or nobody waits any more; the plan is shown after each slice. */
export async function applyInSlices(
  { id: planId, digest }: RosterPlan,
  show: (plan: RosterPlan) => void,
  isWanted: () => boolean,
): Promise<void> {
  let now: RosterPlan;
  do {
    now = await operatorService.applyRoster({ planId, digest });
    show(now);
  } while (now.state === 'applying' && isWanted());
}
