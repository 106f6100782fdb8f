/**
 * Lets whoever begins a transaction die there, as a function that is killed: what was written before stays, and nothing
 * comes after it, no `finally` either. Import it before everything else: what is replaced here must be so before the use
 * cases load it.
 */
import type * as transactionModule from '../../cloudfunctions/platform/transaction';

let died: (() => void) | null = null;

/** The next one to begin a transaction dies. @returns when that has happened */
export async function deathBeforeTransaction(): Promise<void> {
  return new Promise((resolve) => {
    died = resolve;
  });
}

type Transactions = typeof transactionModule;

jest.mock('../../cloudfunctions/platform/transaction', (): Transactions => {
  const transactions = jest.requireActual<Transactions>('../../cloudfunctions/platform/transaction');
  return {
    ...transactions,
    runTransaction: (work) => {
      if (died === null) return transactions.runTransaction(work);
      died();
      died = null;
      return new Promise<never>(() => undefined);
    },
  };
});
