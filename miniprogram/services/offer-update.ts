/**
 * Asks once whether the newer mini program, which lies ready, shall be used now. On the first page only, with nothing
 * open above it: no camera runs there, no photo is being sent (the pages that send stop when they are left, and what
 * is unsent lies on the shelf and outlives the restart), nothing has been typed. Whoever says no, or is never there,
 * has it at the next cold start.
 */
import { UPDATE_WORDS } from '../copy/app-words';
import { onUpdateFetched, restartWithUpdate } from '../platform/app-update';
import { ask } from '../platform/feedback';
import { isFirstPageAlone } from '../platform/navigation';

let toBeOffered = false;

/** At launch. */
export function watchForUpdate(): void {
  onUpdateFetched(() => {
    toBeOffered = true;
    void offerUpdate();
  });
}

/** Whenever the first page is shown. */
export async function offerUpdate(): Promise<void> {
  if (!toBeOffered || !isFirstPageAlone()) return;
  toBeOffered = false;
  if (await ask(UPDATE_WORDS).catch(() => false)) restartWithUpdate();
}
