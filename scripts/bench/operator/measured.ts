/** One step of the benchmark with what it took: the clock on the wall, and the processors' work behind it. */
import { type DeployedCloud } from './deployed-cloud';

export interface Measured<Result> {
  readonly result: Result;
  readonly wallSeconds: number;
  /** Of the function's processes and of the cloud's own: what a busy machine cannot change. */
  readonly functionSeconds: number;
  readonly cloudSeconds: number;
  /** Of the function's largest process since it started. */
  readonly peakMegabytes: number;
}

export async function measured<Result>(
  cloud: DeployedCloud,
  functionName: string,
  step: () => Promise<Result>,
): Promise<Measured<Result>> {
  const [before, cloudBefore] = [cloud.cost(functionName), cloud.cost(null)];
  const started = performance.now();
  const result = await step();
  const wallSeconds = (performance.now() - started) / 1000;
  const after = cloud.cost(functionName);
  return {
    result,
    wallSeconds,
    functionSeconds: after.processorSeconds - before.processorSeconds,
    cloudSeconds: cloud.cost(null).processorSeconds - cloudBefore.processorSeconds,
    peakMegabytes: after.peakMegabytes,
  };
}
