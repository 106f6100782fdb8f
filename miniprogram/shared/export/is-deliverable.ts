/** Which packages may have reached the school: the page offers to say so, and the cloud takes it, for the same ones. */
import { ExportJob } from '../contract/exporter';

/** It was made and not stopped; its files may have expired since: whoever received it may answer weeks later. */
export function isDeliverable({ state, finishedAt }: Pick<ExportJob, 'state' | 'finishedAt'>): boolean {
  return finishedAt !== null && state !== 'cancelled';
}
