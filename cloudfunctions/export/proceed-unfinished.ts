/**
 * The timer's work: packages that were left unfinished. What waited longest comes first, and one that fails is logged
 * and passed over, so that it can be repaired without keeping the others waiting. Never throws because of a package.
 */
import { type ExportDocument } from './export-document';
import { type ExportWorker } from './export-worker';
import { proceedExport } from './proceed-export';
import { collection, command } from '../platform/database';
import { describeError, logCall, type LogWriter } from '../platform/log';
import { isHeld, SLICE_MS } from '../requests/lease';
import { isDomainError } from '../../miniprogram/shared/errors';

const AT_ONCE = 20;

export async function proceedUnfinished(
  worker: ExportWorker,
  writeLog?: LogWriter,
): Promise<{ readonly proceeded: number }> {
  const started = performance.now();
  const jobs = await collection<ExportDocument>('exports').find(
    { state: command().in(['packing', 'closing']) },
    { limit: AT_ONCE, sort: [['workedAt', 'asc']] },
  );
  const idle = jobs.filter(({ working }) => !isHeld(working, worker.now));
  let proceeded = 0;
  for (const { _id } of idle) {
    // Together with the slice of one it stays far below the function's minute.
    if (performance.now() - started >= SLICE_MS) break;
    const begun = performance.now();
    try {
      await proceedExport(worker, _id);
      proceeded += 1;
    } catch (error) {
      // A refusal means that somebody else took it or stopped it meanwhile.
      if (isDomainError(error)) continue;
      logCall(
        {
          requestId: worker.requestId,
          function: 'exporter',
          action: 'timer:proceed',
          code: 'INTERNAL',
          milliseconds: Math.round(performance.now() - begun),
          error: describeError(error),
        },
        writeLog,
      );
    }
  }
  return { proceeded };
}
