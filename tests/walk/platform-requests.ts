/**
 * Every request that a function makes to the platform passes here, so that a call can die at its k-th one, find it
 * refused, or be overtaken there by others. The SDK itself is watched, so that everything above it is the real code, run
 * in this process from its sources. What is read over a link, which goes past the SDK, passes unseen.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import cloud from 'wx-server-sdk';
import type * as connections from '../../cloudfunctions/platform/database-connection';
import { type SdkTransaction } from '../../cloudfunctions/platform/database-connection';
import { type FileId } from '../../miniprogram/shared/identity/ids';

/** What befalls a call at its request number `at`, from 1. */
export type Fault =
  /** Killed: what was written before stays, and nothing comes after it, no `finally` either. */
  | { readonly kind: 'dies'; readonly at: number }
  /** The platform refuses this request and those after it. */
  | { readonly kind: 'refused'; readonly at: number; readonly requests: number }
  /** Others come in between; inside of a transaction, which would only wait for them, as soon as it is over. */
  | { readonly kind: 'overtaken'; readonly at: number; readonly by: () => Promise<void> };

/** What `getWXContext` says of a caller. */
export type Identity = Readonly<{ OPENID: string; SOURCE: string } | { SOURCE: 'wx_trigger' }>;

interface UnderWay {
  readonly identity: Identity;
  readonly fault: Fault | null;
  requests: number;
  transaction: SdkTransaction | null;
  overtaken: boolean;
  harmed: boolean;
  dead: boolean;
  readonly die: () => void;
}

const underWay = new AsyncLocalStorage<UnderWay>();

export interface Ended<Result> {
  readonly result: Result | 'died';
  /** It died, or something was refused to it: a call with fewer requests ends before its fault. */
  readonly harmed: boolean;
  readonly requests: number;
}

/** Runs a call of somebody, under a fault or none. */
export async function callAs<Result>(
  identity: Identity,
  fault: Fault | null,
  call: () => Promise<Result>,
): Promise<Ended<Result>> {
  let die = (): void => undefined;
  const death = new Promise<'died'>((resolve) => {
    die = () => {
      resolve('died');
    };
  });
  const running: UnderWay = {
    ...{ identity, fault, die },
    ...{ requests: 0, transaction: null, overtaken: false, harmed: false, dead: false },
  };
  const result = await Promise.race([underWay.run(running, call), death]);
  return { result, harmed: running.harmed, requests: running.requests };
}

async function atRequest(what: string): Promise<void> {
  const running = underWay.getStore();
  if (running === undefined) return;
  if (running.dead) return forEver();
  running.requests += 1;
  const { fault, requests, transaction } = running;
  if (fault === null || requests < fault.at) return;
  if (fault.kind === 'overtaken') {
    if (running.overtaken || transaction !== null) return;
    running.overtaken = true;
    return underWay.exit(fault.by);
  }
  if (fault.kind === 'refused') {
    if (requests >= fault.at + fault.requests) return;
    running.harmed = true;
    throw new Error(`the platform refuses ${what}`);
  }
  running.harmed = true;
  running.dead = true;
  // The platform drops what a dead worker left open.
  await transaction?.rollback().catch(() => undefined);
  running.die();
  return forEver();
}

const forEver = () => new Promise<never>(() => undefined);

/** Every file that was ever stored here. */
export const filesStored = new Set<FileId>();

/** From here on. Before the first use of the database, which keeps its connection. */
export function watchPlatform(): void {
  const database = cloud.database.bind(cloud) as (config?: object) => unknown;
  jest
    .spyOn(cloud, 'database')
    .mockImplementation((config) => watchedDatabase(database(config) as SdkDatabase) as never);
  jest.spyOn(cloud, 'getWXContext').mockImplementation(() => underWay.getStore()?.identity as never);
  watchStorage('getTempFileURL');
  watchStorage('deleteFile');
  watchStorage('uploadFile', ({ fileID }) => filesStored.add(fileID as FileId));
}

type SdkDatabase = ReturnType<typeof connections.connection>;
type StorageRequest = 'getTempFileURL' | 'deleteFile' | 'uploadFile';

function watchStorage(
  request: StorageRequest,
  then?: (answer: { readonly fileID: string }) => unknown,
): void {
  const real = cloud[request].bind(cloud) as (options: unknown) => Promise<{ readonly fileID: string }>;
  jest.spyOn(cloud, request).mockImplementation(async (options: unknown) => {
    await atRequest(request);
    const answer = await real(options);
    then?.(answer);
    return answer as never;
  });
}

function watchedDatabase(real: SdkDatabase): SdkDatabase {
  return {
    command: real.command,
    collection: (name) => watched(real.collection(name), name),
    async startTransaction() {
      await atRequest('startTransaction');
      return watchedTransaction(await real.startTransaction());
    },
  };
}

function watchedTransaction(real: SdkTransaction): SdkTransaction {
  const running = underWay.getStore();
  if (running) running.transaction = real;
  const over = <Answer>(answer: Promise<Answer>) =>
    answer.finally(() => {
      if (running) running.transaction = null;
    });
  return {
    collection: (name) => watched(real.collection(name), name),
    commit: async () => {
      await atRequest('commit');
      return over(real.commit());
    },
    rollback: () => over(real.rollback()),
  };
}

const REQUESTS: readonly PropertyKey[] = ['get', 'set', 'update', 'remove', 'add', 'count', 'end'];
/** In a pipeline `count` and others are stages. */
const REQUESTS_OF_PIPELINE: readonly PropertyKey[] = ['end'];

/** What is chained stays watched; what goes to the platform waits for `atRequest`. */
function watched<Target extends object>(target: Target, name: string, requests = REQUESTS): Target {
  return new Proxy(target, {
    get(owner, key) {
      const value: unknown = Reflect.get(owner, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const ask = (): unknown => Reflect.apply(value, owner, given);
        if (requests.includes(key)) return atRequest(`${name}.${String(key)}`).then(ask);
        const next = ask();
        const following = key === 'aggregate' ? REQUESTS_OF_PIPELINE : requests;
        return typeof next === 'object' && next !== null ? watched(next, name, following) : next;
      };
    },
  });
}
