/** The import of 50,000 rows, dry and real, and the progress page of the batch afterwards. */
import { type DeployedCloud } from './deployed-cloud';
import { measured, type Measured } from './measured';
import { enrolEverybody, LIST_ROWS, listFile, listWorkbook } from './school';
import { type StaffClient } from '../../../local/cli/operator/staff-client';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import { type RosterPlan } from '../../../miniprogram/shared/contract/operator/roster';
import { type FileId } from '../../../miniprogram/shared/identity/ids';

const PAGE_READS = 15;

export interface ListFigures {
  /** Of the same list as XLSX. */
  readonly workbook: Measured<RosterPlan>;
  readonly dryRun: Measured<RosterPlan>;
  readonly apply: Measured<RosterPlan>;
  /** Each one whole call as the phone sees it; milliseconds, ascending. */
  readonly progressPage: readonly number[];
  readonly stationPage: readonly number[];
  /** The function's and the cloud's processor milliseconds for one page. */
  readonly pageProcessorMilliseconds: number;
}

/** @throws Error where a count is wrong */
export async function measureListAndProgress(
  cloud: DeployedCloud,
  staff: StaffClient,
  batch: Batch,
): Promise<ListFigures> {
  const workbook = await measureDryRun(cloud, staff, batch, 'xlsx', await listWorkbook(LIST_ROWS));
  // A new process for the text file: its peak is its own.
  await cloud.killFunction('operator');
  const dryRun = await measureDryRun(cloud, staff, batch, 'csv', listFile(LIST_ROWS));
  const apply = await measured(cloud, 'operator', () => applyUntilDone(staff, dryRun.result));
  const { stations } = await staff.operator('stations', { schoolCode: batch.schoolCode });
  await enrolEverybody(batch, new Map(stations.map(({ code, id }) => [code, id])));
  return { workbook, dryRun, apply, ...(await measurePages(cloud, staff, batch)) };
}

async function measureDryRun(
  cloud: DeployedCloud,
  staff: StaffClient,
  { id: batchId }: Batch,
  extension: 'csv' | 'xlsx',
  bytes: Uint8Array,
): Promise<Measured<RosterPlan>> {
  const ticket = await staff.operator('prepareRosterUpload', { batchId, extension });
  const fileId = (await staff.upload(ticket.cloudPath, bytes)) as FileId;
  return measured(cloud, 'operator', () =>
    staff.operator('checkRoster', {
      batchId,
      uploadId: ticket.uploadId,
      fileId,
      options: { mapping: {}, names: 'masked', badRows: 'stop' },
    }),
  );
}

async function applyUntilDone(staff: StaffClient, plan: RosterPlan): Promise<RosterPlan> {
  let applied = plan;
  do applied = await staff.operator('applyRoster', { planId: plan.id, digest: plan.digest });
  while (applied.state === 'applying');
  if (applied.state !== 'applied') throw new Error(`the list was not applied: ${applied.state}`);
  return applied;
}

async function measurePages(cloud: DeployedCloud, staff: StaffClient, batch: Batch) {
  const { counts, groups } = await staff.operator('progress', { batchId: batch.id });
  if (counts.listed !== LIST_ROWS) throw new Error(`${String(counts.listed)} students are counted as listed`);
  const sums = groups.reduce((total, group) => total + group.counts.bound, 0);
  if (sums !== counts.bound) throw new Error('the stations do not add up to the batch');
  const stationId = groups[0]!.stationId;
  const before = cloud.cost('operator').processorSeconds + cloud.cost(null).processorSeconds;
  const progressPage = await timesOf(() => staff.operator('progress', { batchId: batch.id }));
  const after = cloud.cost('operator').processorSeconds + cloud.cost(null).processorSeconds;
  const stationPage = await timesOf(() => staff.operator('progress', { batchId: batch.id, stationId }));
  return {
    progressPage,
    stationPage,
    pageProcessorMilliseconds: ((after - before) * 1000) / PAGE_READS,
  };
}

async function timesOf(step: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let read = 0; read < PAGE_READS; read += 1) {
    const started = performance.now();
    await step();
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other);
}
