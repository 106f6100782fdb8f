/**
 * Keeps warm instances per function and starts new ones while all are busy, up to a limit; further calls wait.
 * Refuses calls when the queue is long, rather than growing without bound.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { PlatformError } from '../platform-error';
import { type CallIdentity } from './call';
import { type DeployedFunction, type FunctionCatalog } from './function-catalog';
import { FunctionInstance } from './function-instance';
import { type LogLines } from './log-lines';

export interface PoolSettings {
  readonly adminUrl: () => string;
  readonly hostFile: string;
  readonly appid: string;
  readonly maximumInstances: number;
  readonly variables: (functionName: string) => Readonly<Record<string, string>>;
}

export interface CallResult {
  readonly resultJson: string;
  readonly requestId: string;
}

interface Pool {
  readonly idle: FunctionInstance[];
  readonly all: Set<FunctionInstance>;
  readonly waiting: (() => void)[];
}

const MAXIMUM_WAITING = 1000;
const MAXIMUM_RESULT_BYTES = 1024 * 1024; // the platform's limit
const MAXIMUM_VARIABLE_BYTES = 4096; // the platform's limit

export class FunctionPools {
  private readonly catalog: FunctionCatalog;
  private readonly settings: PoolSettings;
  private readonly logs: LogLines;
  private readonly pools = new Map<string, Pool>();
  private readonly running = new Set<Promise<unknown>>();
  private started = 0;
  private closed = false;

  constructor(catalog: FunctionCatalog, settings: PoolSettings, logs: LogLines) {
    this.catalog = catalog;
    this.settings = settings;
    this.logs = logs;
  }

  get appid(): string {
    return this.settings.appid;
  }

  /** Live processes per function. */
  get instances(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.pools].map(([name, { all }]) => [name, all.size]));
  }

  /** The instance that a session token belongs to. */
  instanceOf(sessionToken: string): FunctionInstance | undefined {
    for (const { all } of this.pools.values()) {
      for (const instance of all) if (instance.sessionToken === sessionToken) return instance;
    }
    return undefined;
  }

  /** Calls a function. @throws PlatformError */
  async call(name: unknown, event: object, identity: CallIdentity): Promise<CallResult> {
    const call = this.callOnce(this.catalog.find(name), event, identity);
    this.running.add(call);
    try {
      return await call;
    } finally {
      this.running.delete(call);
    }
  }

  /** Lets running calls finish for a while, then ends all processes. */
  async close(graceMs: number): Promise<void> {
    this.closed = true;
    const finished = Promise.allSettled([...this.running]);
    await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
    await Promise.all(
      [...this.pools.values()].flatMap(({ all }) => [...all].map((instance) => instance.stop())),
    );
    this.pools.clear();
  }

  private async callOnce(
    deployed: DeployedFunction,
    event: object,
    identity: CallIdentity,
  ): Promise<CallResult> {
    const pool = this.poolOf(deployed.name);
    const instance = await this.acquire(pool, deployed);
    try {
      const requestId = randomUUID();
      const resultJson = await instance.call(event, identity, requestId);
      if (Buffer.byteLength(resultJson) > MAXIMUM_RESULT_BYTES) {
        throw new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'The result exceeds 1 MB');
      }
      return { resultJson, requestId };
    } finally {
      this.release(pool, instance);
    }
  }

  private async acquire(pool: Pool, deployed: DeployedFunction): Promise<FunctionInstance> {
    for (;;) {
      if (this.closed) throw new PlatformError('FUNCTIONS_REQUEST_FAIL', 'The cloud is closing');
      const warm = pool.idle.pop();
      if (warm?.isAlive === true) return warm;
      if (warm !== undefined) {
        pool.all.delete(warm); // it died while nobody was calling
        continue;
      }
      if (pool.all.size < this.settings.maximumInstances) return this.start(pool, deployed);
      if (pool.waiting.length >= MAXIMUM_WAITING) {
        throw new PlatformError('EXCEED_REQUEST_LIMIT', 'Too many calls are waiting');
      }
      await new Promise<void>((resolve) => pool.waiting.push(resolve));
    }
  }

  private release(pool: Pool, instance: FunctionInstance): void {
    if (instance.isAlive) pool.idle.push(instance);
    else pool.all.delete(instance);
    pool.waiting.shift()?.();
  }

  private start(pool: Pool, deployed: DeployedFunction): FunctionInstance {
    const variables = this.settings.variables(deployed.name);
    if (JSON.stringify(variables).length > MAXIMUM_VARIABLE_BYTES) {
      throw new RangeError(`Environment variables of ${deployed.name} exceed the platform's 4 KB`);
    }
    this.started += 1;
    const instance = new FunctionInstance(
      deployed,
      {
        adminUrl: this.settings.adminUrl(),
        hostFile: this.settings.hostFile,
        sessionToken: randomBytes(24).toString('hex'),
        variables,
        number: this.started,
      },
      this.logs,
    );
    pool.all.add(instance);
    return instance;
  }

  private poolOf(name: string): Pool {
    const pool = this.pools.get(name) ?? { idle: [], all: new Set<FunctionInstance>(), waiting: [] };
    this.pools.set(name, pool);
    return pool;
  }
}
