/**
 * The staff's side at its limits, through the deployed functions on the embedded cloud: a list of 50,000, the progress
 * page of such a batch, a package of 5,000 photos that is killed half-way, 200 students who confirm at once. Wall times
 * depend on who else uses the machine; the processors' seconds beside them do not. Counts that are wrong are printed as
 * they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../local/build/functions/build-functions';
import { type Benchmark, type BenchmarkTime, markdownTable, median } from './benchmark';
import { type ConfirmFigures, measureConfirming } from './operator/confirming';
import { type DeployedCloud, startDeployedCloud } from './operator/deployed-cloud';
import { type ListFigures, measureListAndProgress } from './operator/list-and-progress';
import { type Measured } from './operator/measured';
import { measurePackages, type PackageFigures } from './operator/packages';
import { acceptPhotos, LIST_ROWS } from './operator/school';
import { staffClient } from '../../local/cli/operator/staff-client';
import { createCloudClient } from '../../local/cloud/cloud-client';
import { useAdministrator } from '../../local/demo/use-administrator';
import { storedMember, storedSchool } from '../../tests/support/staff-builder';
import { storedBatch } from '../../tests/support/submission-builder';

const SCHOOL = '99998';
const OPERATOR = 'bench-operator';
const PHOTOS = 5_000;

export async function operatorBenchmark(): Promise<Benchmark> {
  await buildFunctions();
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-operator-'));
  let cloud: DeployedCloud = await startDeployedCloud(dataDir);
  try {
    const { administrator } = cloud;
    useAdministrator({ administratorEnvironment: () => administrator });
    await storedSchool(SCHOOL);
    await storedMember({ role: 'operator' }, OPERATOR);
    const staff = staffClient(createCloudClient({ url: cloud.url, openid: OPERATOR }));
    const list = await measureListAndProgress(cloud, staff, await storedBatch({ schoolCode: SCHOOL }));
    const confirming = await measureConfirming(cloud, staff, await storedBatch({ schoolCode: SCHOOL }));
    const photographed = await storedBatch({ schoolCode: SCHOOL });
    await acceptPhotos(photographed, PHOTOS);
    const { cloud: restarted, ...packages } = await measurePackages(
      { cloud, staff },
      photographed,
      PHOTOS,
      dataDir,
    );
    cloud = restarted;
    return {
      title: 'Staff: list, progress, packages',
      markdown: table(list, confirming, packages),
      figures: { list, confirming, packages },
      times: timesOf(list, confirming, packages),
    };
  } finally {
    await cloud.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function timesOf(list: ListFigures, confirming: ConfirmFigures, packages: PackageFigures): BenchmarkTime[] {
  return [
    ...costTimes('list as XLSX, dry run', list.workbook),
    ...costTimes('list as CSV, dry run', list.dryRun),
    ...costTimes('list, import', list.apply),
    { what: 'progress page, median', milliseconds: median(list.progressPage) },
    { what: 'progress page, processor', milliseconds: list.pageProcessorMilliseconds },
    { what: 'progress page of one station, median', milliseconds: median(list.stationPage) },
    ...costTimes('package', packages.whole),
    { what: 'package that is killed, wall', milliseconds: 1000 * packages.killed.wallSeconds },
    { what: 'confirming at once, wall', milliseconds: 1000 * confirming.wallSeconds },
  ];
}

function costTimes(what: string, cost: Measured<unknown>): BenchmarkTime[] {
  return [
    { what: `${what}, wall`, milliseconds: 1000 * cost.wallSeconds },
    { what: `${what}, processor`, milliseconds: 1000 * (cost.functionSeconds + cost.cloudSeconds) },
  ];
}

function table(list: ListFigures, confirming: ConfirmFigures, packages: PackageFigures): string {
  const { killed } = packages;
  const rows = [
    costRow(`list of ${LIST_ROWS} as XLSX, dry run`, '≤ 5 s, ≤ 300 MB', list.workbook),
    costRow(`list of ${LIST_ROWS} as CSV, dry run`, '≤ 5 s, ≤ 300 MB', list.dryRun),
    costRow(`list of ${LIST_ROWS}, import`, '≤ 30 s, ≤ 300 MB', list.apply),
    [
      `progress page, batch of ${LIST_ROWS}`,
      '≤ 300 ms',
      `${Math.round(median(list.progressPage))} ms (slowest ${Math.round(list.progressPage.at(-1)!)})`,
      `${Math.round(list.pageProcessorMilliseconds)} ms in all`,
      '',
    ],
    ['progress page of one station', '', `${Math.round(median(list.stationPage))} ms`, '', ''],
    costRow(`package of ${packages.photos} photos`, '≤ 60 s, ≤ 200 MB', packages.whole),
  ];
  return [
    markdownTable(['what', 'wanted', 'wall', 'processor s (function + cloud)', 'function’s peak MB'], rows),
    '',
    `The same selection again: ${packages.sameVolumes} volumes with the same sha256. Killed (−9) at a quarter`,
    `(${killed.functionKills} function processes) and at half (the cloud), then taken up: ${killed.found} of ${packages.photos} photos`,
    `verified against the manifest, ${killed.problems} problems, ${killed.sameVolumes} volumes with the same sha256 as without a kill.`,
    `${confirming.students} students confirmed at once: ${confirming.acknowledged} acknowledged, ${confirming.counted} counted,`,
    `${confirming.wrongReadings} of ${confirming.readings} readings meanwhile wrong, ${confirming.wallSeconds.toFixed(1)} s.`,
    'Peak MB is the largest process of the function since it started, Node itself included.',
  ].join('\n');
}

function costRow(what: string, wanted: string, cost: Measured<unknown>): readonly (string | number)[] {
  return [
    what,
    wanted,
    `${cost.wallSeconds.toFixed(1)} s`,
    `${cost.functionSeconds.toFixed(1)} + ${cost.cloudSeconds.toFixed(1)}`,
    cost.peakMegabytes,
  ];
}
