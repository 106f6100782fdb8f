/**
 * `npm start`: builds, starts the embedded cloud with the demonstration school, batches and code, and the browser phone
 * on top of it, all on 127.0.0.1, and says how to go on. Data stays in `.local/` until it is deleted.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildFunctions } from './build/functions/build-functions';
import { type Command, runWhenStarted } from './cli/support/command';
import {
  FUNCTIONS_FOLDER,
  RUNNING_FILE,
  type RunningFile,
  STATE_FOLDER,
} from './cli/support/demonstration-cloud';
import { closeOnSignals } from './cli/support/stop-signals';
import { startCloud } from './cloud/start-cloud';
import { DEMONSTRATION_PEOPLE } from './demo/demonstration-people';
import { DEMONSTRATION_SETUP_CODE, demonstrationEnvironment } from './demo/demonstration';
import { seedDemonstration } from './demo/seed-demonstration';
import { startPhone } from './phone/start-phone';
import { onPort, portFrom } from './ports';
import { statusPage } from './status/status-page';

const ROOT = resolve(__dirname, '..');
const CODE_PICTURE = join(STATE_FOLDER, 'demonstration-code.png');
const PORTRAITS = join(ROOT, 'tests', 'fixtures', 'portraits');

const USAGE = `The mini program in a browser phone, on an embedded cloud with a demonstration school. Takes no options.

  npm start

  CLOUD_PORT, PHONE_PORT   environment: the ports, any free one where they are not set
  Data stays in ${STATE_FOLDER}; delete the folder to begin anew. Ctrl+C stops.`;

export const startCommand: Command = {
  usage: USAGE,
  run: async (args) => {
    parseArgs({ args: [...args], options: {} });
    await startAndClose();
    return 0;
  },
};

async function startAndClose(): Promise<void> {
  const ports = { cloud: portFrom('CLOUD_PORT'), phone: portFrom('PHONE_PORT') };
  const opened: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  closeOnSignals(close, 0);
  try {
    await start(ports, opened);
  } catch (error) {
    // Half of it would go on running, and look as if it worked.
    await close();
    throw error;
  }
}

/** @param opened gets how each thing that was opened is closed, as soon as it is open */
async function start(
  ports: Readonly<Record<'cloud' | 'phone', number>>,
  opened: (() => Promise<void> | void)[],
): Promise<void> {
  mkdirSync(STATE_FOLDER, { recursive: true });
  console.log('Building the functions …');
  await buildFunctions();

  let phoneUrl = '';
  const cloud = await onPort(
    'CLOUD_PORT',
    startCloud({
      dataDir: join(STATE_FOLDER, 'cloud'),
      functionsDir: FUNCTIONS_FOLDER,
      port: ports.cloud,
      environment: () => ({
        ...demonstrationEnvironment(),
        OPERATOR_SETUP_SECRET: DEMONSTRATION_SETUP_CODE,
      }),
      fallback: statusPage({ captureFolder: join(STATE_FOLDER, 'capture'), phoneUrl: () => phoneUrl }),
    }),
  );
  opened.push(() => cloud.close());
  const { school, batches, student, idTail, code } = await seedDemonstration(cloud);
  writeFileSync(CODE_PICTURE, code.png);

  const phone = await onPort(
    'PHONE_PORT',
    startPhone({
      miniprogramDir: join(ROOT, 'miniprogram'),
      cloudUrl: cloud.url,
      port: ports.phone,
      identities: DEMONSTRATION_PEOPLE,
      pictures: [
        { label: '示范采集码', path: CODE_PICTURE },
        { label: '人像（合格）', path: join(PORTRAITS, 'f1_front.jpg') },
        { label: '人像（张嘴）', path: join(PORTRAITS, 'm1_mouthopen.jpg') },
        { label: '人像（背光）', path: join(PORTRAITS, 'm1_back.jpg') },
      ],
      onBuild: ({ problems }) => {
        for (const { severity, path, line, message } of problems) {
          console.log(`  ${severity}: ${path}${line === undefined ? '' : `:${line}`} ${message}`);
        }
      },
    }),
  );
  opened.push(() => phone.close());
  phoneUrl = phone.url;

  // Last, so that who reads it finds all of it running.
  const running: RunningFile = { url: cloud.url, administrator: cloud.administratorEnvironment() };
  writeFileSync(RUNNING_FILE, JSON.stringify(running), { mode: 0o600 });
  opened.push(() => {
    rmSync(RUNNING_FILE, { force: true });
  });

  console.log(`
  Browser phone   ${phone.url}
  State           ${cloud.url}/

  ${school.name}: ${batches.map((batch) => batch.title).join('、')}
  Capture code    ${CODE_PICTURE}   (${student.name}, ID tail ${idTail})
  Portrait        the phone uses your webcam; or choose a picture beside the phone, or give any file:
                    npm run capture -- --photo FILE --confirm
  Staff           choose 采集单位 as the phone's holder, then 帮助与常见问题 → 工作人员入口,
                  invitation ${DEMONSTRATION_SETUP_CODE} (for the first operator only)

  Data stays in ${STATE_FOLDER}; delete the folder to begin anew. Ctrl+C stops.`);
}

runWhenStarted(startCommand, __filename);
