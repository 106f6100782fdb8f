/**
 * How long a call waited for pictures to travel to and from the storage: what is slow then is the network, not the
 * function. Transfers that run side by side count once. Refuses to know which file travelled.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

interface Transfers {
  running: number;
  since: number;
  milliseconds: number;
}

const transfersOfCall = new AsyncLocalStorage<Transfers>();

export interface TimedCall<Result> {
  readonly result: Result;
  /** Whole milliseconds; 0 where nothing travelled. */
  readonly transferMilliseconds: number;
}

/** Runs one call and says how long its transfers took. */
export async function timingTransfers<Result>(call: () => Promise<Result>): Promise<TimedCall<Result>> {
  const transfers: Transfers = { running: 0, since: 0, milliseconds: 0 };
  const result = await transfersOfCall.run(transfers, call);
  return { result, transferMilliseconds: Math.round(transfers.milliseconds) };
}

/** Counts the time of one transfer towards the call that it belongs to; outside a call it just runs. */
export async function transferring<Result>(transfer: () => Promise<Result>): Promise<Result> {
  const transfers = transfersOfCall.getStore();
  if (transfers === undefined) return transfer();
  if (transfers.running++ === 0) transfers.since = performance.now();
  try {
    return await transfer();
  } finally {
    if (--transfers.running === 0) transfers.milliseconds += performance.now() - transfers.since;
  }
}
