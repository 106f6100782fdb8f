/**
 * The folder of a review at the keyboard: the one that was asked for, which stays, or one of its own. Faces lie in it, so
 * that its own goes with the session, also after Ctrl-C.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeOnSignals } from '../support/stop-signals';

export interface ReviewFolder {
  readonly path: string;
  readonly close: () => void;
}

/** @param parent where a folder of its own is made */
export function openReviewFolder(asked: string | undefined, parent = tmpdir()): ReviewFolder {
  if (asked !== undefined) {
    mkdirSync(asked, { recursive: true });
    return { path: asked, close: () => undefined };
  }
  const path = mkdtempSync(join(parent, 'review-'));
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  const stopListening = closeOnSignals(() => {
    remove();
    return Promise.resolve();
  });
  return {
    path,
    close: () => {
      remove();
      stopListening();
    },
  };
}
