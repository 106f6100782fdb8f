/**
 * A deployed function made of the real wx-server-sdk and nothing else, which runs whatever a test hands it. So the
 * contract is tested with the SDK's own client in the functions' own processes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type CollectionDefinition } from '../../../../cloudfunctions/platform/database-schema';
import { type Laboratory } from './sdk-in-tests';
import { type CloudOptions, type RunningCloud, startCloud } from '../../../../local/cloud/start-cloud';

const LABORATORY = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database({ throwOnNotFound: false });
  const platform = {
    ...require('./cloudfunctions/platform/database'),
    ...require('./cloudfunctions/platform/transaction'),
    ...require('./cloudfunctions/platform/storage'),
    ...require('./cloudfunctions/platform/caller'),
  };
  const fromText = (text) => new Function('return ' + text)();
  const failureOf = (attempt) =>
    attempt.then(
      () => ({ errMsg: '' }),
      ({ errCode, code, errMsg, message }) => ({ errCode, code, errMsg: errMsg ?? message }),
    );
  exports.main = (event, context) =>
    fromText(event.code)(
      { cloud, db, _: db.command, $: db.command.aggregate, event, context, platform, failureOf, fromText },
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

export const TEST_SCHEMA: readonly CollectionDefinition[] = [
  { name: 'things', indexes: [] },
  { name: 'other', indexes: [] },
  {
    name: 'unique',
    indexes: [{ name: 'code', unique: true, fields: [{ path: 'code', direction: 'ascending' }] }],
  },
];

/** Empties the collections of the test schema. */
export async function emptied(lab: TestCloud): Promise<void> {
  await lab.run(async ({ db, _ }) => {
    for (const name of ['things', 'other', 'unique']) {
      await db
        .collection(name)
        .where({ _id: _.exists(true) })
        .remove();
    }
  });
}

export interface TestCloud {
  readonly cloud: RunningCloud;
  readonly folder: string;
  /**
   * Runs an experiment in a function instance. It is sent as text: it sees its arguments and nothing else; values
   * and result travel as JSON.
   */
  run<Values extends unknown[], Result>(
    experiment: (laboratory: Laboratory, ...values: Values) => Result | Promise<Result>,
    ...values: Values
  ): Promise<Result>;
  /** The same, called by this person. */
  runAs<Values extends unknown[], Result>(
    openid: string,
    experiment: (laboratory: Laboratory, ...values: Values) => Result | Promise<Result>,
    ...values: Values
  ): Promise<Result>;
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
  const runAs: TestCloud['runAs'] = async <Values extends unknown[], Result>(
    openid: string,
    experiment: (laboratory: Laboratory, ...values: Values) => Result | Promise<Result>,
    ...values: Values
  ) => {
    const { result } = await cloud
      .client(openid)
      .callFunction('laboratory', { code: experiment.toString(), values });
    return result as Result;
  };
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
