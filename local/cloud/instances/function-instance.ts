/**
 * One child process of a function. Serves one call at a time; a call that takes too long costs the process its
 * life, as on the platform. Refuses to hand this machine's environment to the function.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { PlatformError } from '../platform-error';
import { type CallIdentity, callEnvironment, type CallMessage, type InstanceMessage } from './call';
import { type DeployedFunction } from './function-catalog';
import { type LogLines } from './log-lines';

export interface InstanceSettings {
  readonly hostFile: string;
  readonly adminUrl: string;
  /** Proves to the cloud which instance is asking. */
  readonly sessionToken: string;
  /** The function's own variables, as set in the console on the platform. */
  readonly variables: Readonly<Record<string, string>>;
  readonly number: number;
}

interface RunningCall {
  readonly number: number;
  readonly identity: CallIdentity;
  readonly resolve: (resultJson: string) => void;
  readonly reject: (error: PlatformError) => void;
  readonly timer: NodeJS.Timeout;
}

/** The platform gives loading more time than a call. */
const LOAD_LIMIT_MS = 30_000;
/** Everything else of the machine's environment stays outside. */
const INHERITED = ['PATH', 'LANG', 'TMPDIR', 'SystemRoot'];

export class FunctionInstance {
  readonly deployed: DeployedFunction;
  readonly sessionToken: string;
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  private readonly gone: Promise<void>;
  private running: RunningCall | undefined;
  private calls = 0;
  private alive = true;

  constructor(deployed: DeployedFunction, settings: InstanceSettings, logs: LogLines) {
    this.deployed = deployed;
    this.sessionToken = settings.sessionToken;
    this.child = spawn(
      process.execPath,
      [`--max-old-space-size=${deployed.memorySize}`, settings.hostFile, deployed.entry],
      {
        cwd: dirname(deployed.entry),
        env: instanceEnvironment(settings),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const origin = { function: deployed.name, instance: settings.number };
    logs.collect(this.child.stdout!, { ...origin, stream: 'stdout' });
    logs.collect(this.child.stderr!, { ...origin, stream: 'stderr' });
    this.gone = new Promise((resolve) => {
      const end = (signal: NodeJS.Signals | null) => {
        this.died(signal);
        resolve();
      };
      this.child.once('exit', (_code, signal) => {
        end(signal);
      });
      // A process that could not be started, or a message that it did not live to hear.
      this.child.on('error', () => {
        end(null);
      });
    });
    this.ready = this.becomeReady();
    this.child.on('message', (message: InstanceMessage) => {
      this.receive(message);
    });
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** The identity behind the call that is running now. */
  get identity(): CallIdentity | undefined {
    return this.running?.identity;
  }

  /** Runs one call. @throws PlatformError FUNCTIONS_EXECUTE_FAIL, FUNCTIONS_TIME_LIMIT_EXCEEDED */
  async call(event: object, identity: CallIdentity, requestId: string): Promise<string> {
    await this.ready;
    return new Promise((resolve, reject) => {
      this.calls += 1;
      const timer = setTimeout(() => {
        this.timedOut();
      }, this.deployed.timeout * 1000);
      this.running = { number: this.calls, identity, resolve, reject, timer };
      const message: CallMessage = {
        call: this.calls,
        eventJson: JSON.stringify(event),
        context: platformContext(this.deployed, requestId),
        environment: callEnvironment(identity, requestId),
      };
      this.child.send(message);
    });
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private becomeReady(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'The function took too long to load'));
        this.child.kill('SIGKILL');
      }, LOAD_LIMIT_MS);
      this.child.once('message', () => {
        clearTimeout(timer);
        resolve();
      });
      void this.gone.then(() => {
        clearTimeout(timer);
        reject(new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'The function could not be loaded'));
      });
    });
    // Whoever waits for a call hears about it; without a call nobody needs to.
    ready.catch(() => undefined);
    return ready;
  }

  private receive(message: InstanceMessage): void {
    if (message.kind === 'ready' || this.running?.number !== message.call) return;
    if (message.kind === 'result')
      this.finish(({ resolve }) => {
        resolve(message.resultJson);
      });
    else this.fail(new PlatformError('FUNCTIONS_EXECUTE_FAIL', message.message));
  }

  private timedOut(): void {
    const { timeout } = this.deployed;
    this.child.kill('SIGKILL');
    this.alive = false;
    this.fail(
      new PlatformError('FUNCTIONS_TIME_LIMIT_EXCEEDED', `Invoking task timed out after ${timeout} seconds`),
    );
  }

  private died(signal: NodeJS.Signals | null): void {
    this.alive = false;
    // V8 aborts when the heap limit is reached.
    const reason =
      signal === 'SIGABRT' ? 'The function exceeded its memory limit' : 'Process exited unexpectedly';
    this.fail(new PlatformError('FUNCTIONS_EXECUTE_FAIL', reason));
  }

  private fail(error: PlatformError): void {
    this.finish(({ reject }) => {
      reject(error);
    });
  }

  private finish(settle: (call: RunningCall) => void): void {
    const { running } = this;
    if (running === undefined) return;
    this.running = undefined;
    clearTimeout(running.timer);
    settle(running);
  }
}

function instanceEnvironment(settings: InstanceSettings): Record<string, string> {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    ...settings.variables,
    TZ: 'UTC', // the platform's clock
    ...sdkEnvironment(settings.adminUrl, settings.sessionToken),
  };
}

/** What makes wx-server-sdk 4.0.2 talk to this cloud (node-sdk 3.17.2: utils/tcbcontext.js, utils/cloudplatform.js). */
export function sdkEnvironment(adminUrl: string, sessionToken: string): Record<string, string> {
  return {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'local',
    TCB_ENV: 'local',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TENCENTCLOUD_SESSIONTOKEN: sessionToken,
  };
}

function platformContext(deployed: DeployedFunction, requestId: string): Record<string, unknown> {
  return {
    callbackWaitsForEmptyEventLoop: false,
    function_name: deployed.name,
    function_version: '$LATEST',
    memory_limit_in_mb: deployed.memorySize,
    namespace: 'local',
    request_id: requestId,
    time_limit_in_ms: deployed.timeout * 1000,
    environ: '',
  };
}
