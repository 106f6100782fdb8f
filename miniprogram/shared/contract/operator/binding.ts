/** Bindings: a code that was bound on an account which is lost, or is not the student's, is let go of. */
import { BatchId } from '../../identity/ids';

export interface BindingContract {
  /**
   * The 学籍 is free: whoever proves the code and the ID tail can bind it. What the account did in this batch is deleted,
   * what it has in other batches stays with it. SUBMISSION_STATE {state, event: release} for a confirmed photo, which is
   * sent back first; NOT_FOUND {event: release} where no account has bound this number, as with what a station holds.
   */
  readonly releaseBinding: {
    readonly request: { readonly batchId: BatchId; readonly studentNumber: string };
    /** Whether there was anything of this student in this batch to delete. */
    readonly data: { readonly submissionRemoved: boolean };
  };
}
