/**
 * Keeps one thing that cannot be deleted from keeping everything else. Each piece of work is tried by itself; a failure
 * is logged and counted, and the run goes on. Refuses to try the same thing twice in one run, and to log whose it was.
 */
import { describeError, logFailure, type LogWriter } from '../platform/log';
import { type RetentionKind } from '../../miniprogram/shared/contract/housekeeping';

/** Does one thing of a sweep, known by its document's id. Never throws. */
export type Attempt = (id: string, work: () => Promise<void>) => Promise<void>;

export class Failures {
  private readonly ids = new Set<string>();

  constructor(
    private readonly requestId: string,
    private readonly writeLog?: LogWriter,
  ) {}

  get count(): number {
    return this.ids.size;
  }

  /** How the sweep of this kind tries its things. */
  attempting(kind: RetentionKind): Attempt {
    return async (id, work) => {
      if (this.ids.has(id)) return;
      try {
        await work();
      } catch (error) {
        this.add(kind, id, error);
      }
    };
  }

  /** That a thing was not done, or a sweep, known by its kind, did not go on. */
  add(kind: RetentionKind, id: string, error: unknown): void {
    this.ids.add(id);
    const { requestId } = this;
    const failure = { requestId, function: 'housekeeping', failed: kind, error: describeError(error) };
    logFailure(failure, this.writeLog);
  }
}
