/**
 * A deployed function made of the real wx-server-sdk and nothing else, which runs whatever a test hands it. So the
 * contract is tested with the SDK's own client in the functions' own processes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type * as Sdk from 'wx-server-sdk';
import { type CloudOptions, type RunningCloud, startCloud } from '../../../../local/cloud/start-cloud';

// The SDK's declarations promise `void | string` everywhere; inside experiments its answers are looked at as they are.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- experiments read answers of unknown shape
export type Loose = any;

/** What an experiment gets: it runs in the function's process and must not use anything from outside. */
export interface Laboratory {
  readonly cloud: typeof Sdk;
  readonly db: Loose;
  readonly _: Loose;
  readonly $: Loose;
  readonly require: (name: string) => Loose;
  readonly event: Loose;
  readonly context: Loose;
}

const LABORATORY = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database({ throwOnNotFound: false });
  exports.main = (event, context) =>
    new Function('return ' + event.code)()(
      { cloud, db, _: db.command, $: db.command.aggregate, require, event, context },
      ...(event.values ?? []),
    );
`;

let bundle: string | undefined;

/** The function bundled with its SDK, as the project's build does it. */
function laboratoryBundle(): string {
  bundle ??= buildSync({
    stdin: { contents: LABORATORY, resolveDir: process.cwd() },
    bundle: true,
    platform: 'node',
    target: 'node20',
    write: false,
    logLevel: 'error',
  }).outputFiles[0]!.text;
  return bundle;
}

export interface TestCloud {
  readonly cloud: RunningCloud;
  readonly folder: string;
  /** Runs an experiment in a function instance, for a person. Values must be JSON. */
  run(
    experiment: (laboratory: Laboratory, ...values: Loose[]) => unknown,
    ...values: unknown[]
  ): Promise<Loose>;
  runAs(
    openid: string,
    experiment: (laboratory: Laboratory, ...values: Loose[]) => unknown,
    ...values: unknown[]
  ): Promise<Loose>;
  restart(): Promise<TestCloud>;
  /** Closes the cloud and removes its folder. */
  dispose(): Promise<void>;
}

export interface DeployedFixture {
  readonly source: string;
  readonly config?: object;
}

/** Starts a cloud in a temporary folder with the laboratory and, if wanted, further functions. */
export async function startTestCloud(
  options: Partial<CloudOptions> = {},
  functions: Readonly<Record<string, DeployedFixture>> = {},
): Promise<TestCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-test-'));
  deploy(folder, 'laboratory', { source: laboratoryBundle(), config: { timeout: 20 } });
  for (const [name, fixture] of Object.entries(functions)) deploy(folder, name, fixture);
  return open(folder, options);
}

async function open(folder: string, options: Partial<CloudOptions>): Promise<TestCloud> {
  const cloud = await startCloud({
    dataDir: join(folder, 'data'),
    functionsDir: join(folder, 'functions'),
    ...options,
  });
  const runAs: TestCloud['runAs'] = async (openid, experiment, ...values) =>
    (await cloud.client(openid).callFunction('laboratory', { code: experiment.toString(), values })).result;
  return {
    cloud,
    folder,
    runAs,
    run: (experiment, ...values) => runAs('tester', experiment, ...values),
    async restart() {
      await cloud.close();
      return open(folder, options);
    },
    async dispose() {
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function deploy(folder: string, name: string, { source, config }: DeployedFixture): void {
  const target = join(folder, 'functions', name);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'index.js'), source);
  if (config !== undefined) writeFileSync(join(target, 'config.json'), JSON.stringify(config));
}
