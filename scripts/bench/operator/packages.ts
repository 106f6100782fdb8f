/**
 * A package of 5,000 photos: made and fetched; made again, with the same bytes; and made while first the function and
 * then the cloud is killed (−9), and taken up each time until it is whole.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeployedCloud, startDeployedCloud } from './deployed-cloud';
import { measured, type Measured } from './measured';
import { downloadPackage, packUntilFinished } from '../../../local/cli/operator/download-package';
import { staffClient, type StaffClient } from '../../../local/cli/operator/staff-client';
import { verifyPackage } from '../../../local/cli/operator/verify-package';
import { createCloudClient } from '../../../local/cloud/cloud-client';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import { type ExportJob, type ExportRequest } from '../../../miniprogram/shared/contract/exporter';
import { type ExportId } from '../../../miniprogram/shared/identity/ids';

const SILENT = { show: () => undefined, end: () => undefined };
/** How often the killer looks how far the package is. */
const LOOK_MS = 50;

export interface PackageFigures {
  readonly photos: number;
  readonly whole: Measured<ExportJob>;
  /** Volumes of a second package of the same selection that have the same sha256. */
  readonly sameVolumes: string;
  readonly killed: {
    readonly functionKills: number;
    readonly cloudKills: number;
    /** Of the package that was killed, against its own manifest. */
    readonly found: number;
    readonly problems: number;
    readonly sameVolumes: string;
    readonly wallSeconds: number;
  };
}

export interface Killable {
  readonly cloud: DeployedCloud;
  readonly staff: StaffClient;
}

/** @param dataDir the cloud's, for starting it again after the kill */
export async function measurePackages(
  { cloud, staff }: Killable,
  batch: Batch,
  photos: number,
  dataDir: string,
): Promise<PackageFigures & { readonly cloud: DeployedCloud }> {
  const request: ExportRequest = {
    selection: { batchId: batch.id, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
  };
  const whole = await measured(cloud, 'exporter', async () => {
    const { id } = await staff.exporter('start', request);
    return packUntilFinished(staff, id, SILENT);
  });
  const again = await packUntilFinished(staff, (await staff.exporter('start', request)).id, SILENT);
  const started = performance.now();
  const broken = await killTwice({ cloud, staff }, request, dataDir);
  const wallSeconds = (performance.now() - started) / 1000;
  const folder = mkdtempSync(join(tmpdir(), 'bench-package-'));
  try {
    await downloadPackage(broken.staff, broken.job.id, folder, SILENT);
    const { found, problems } = await verifyPackage(folder);
    return {
      cloud: broken.cloud,
      photos,
      whole,
      sameVolumes: sameVolumes(whole.result, again),
      killed: {
        functionKills: broken.functionKills,
        cloudKills: 1,
        found,
        problems: problems.length,
        sameVolumes: sameVolumes(whole.result, broken.job),
        wallSeconds,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sameVolumes({ volumes }: ExportJob, other: ExportJob): string {
  const same = volumes.filter(({ sha256 }, index) => other.volumes[index]?.sha256 === sha256).length;
  return `${same} of ${Math.max(volumes.length, other.volumes.length)}`;
}

async function killTwice({ cloud, staff }: Killable, request: ExportRequest, dataDir: string) {
  const { id, photos } = await staff.exporter('start', request);
  const first = packUntilFinished(staff, id, SILENT).catch(() => undefined);
  await packedAtLeast(staff, id, photos / 4, first);
  const functionKills = await cloud.killFunction('exporter');
  await first;
  const second = packUntilFinished(staff, id, SILENT).catch(() => undefined);
  await packedAtLeast(staff, id, photos / 2, second);
  await cloud.kill();
  await second;
  const restarted = await startDeployedCloud(dataDir, cloud.port);
  const client = staffClient(createCloudClient({ url: restarted.url, openid: staff.openid }));
  const job = await packUntilFinished(client, id, SILENT);
  return { cloud: restarted, staff: client, job, functionKills };
}

/** @throws Error when the worker ends before so many are packed */
async function packedAtLeast(
  staff: StaffClient,
  exportId: ExportId,
  photos: number,
  worker: Promise<unknown>,
): Promise<void> {
  let ended = false;
  void worker.then(() => (ended = true));
  for (;;) {
    const { packed } = await staff.exporter('job', { exportId });
    if (packed >= photos) return;
    // Set from outside while this waits.
    if (ended as boolean) throw new Error('the package came to a stop');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
