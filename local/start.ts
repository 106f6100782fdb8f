/**
 * `npm start`: builds, starts the embedded cloud with the demonstration school, batches and code, and the browser phone
 * on top of it, all on 127.0.0.1, and says how to go on. Data stays in `.local/` until it is deleted.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildFunctions } from '../scripts/build/build-functions';
import {
  FUNCTIONS_FOLDER,
  RUNNING_FILE,
  type RunningFile,
  STATE_FOLDER,
} from './cli/support/demonstration-cloud';
import { startCloud } from './cloud/start-cloud';
import { DEMONSTRATION_PEOPLE } from './demo/demonstration-people';
import { DEMONSTRATION_SETUP_CODE, demonstrationEnvironment } from './demo/demonstration';
import { seedDemonstration } from './demo/seed-demonstration';
import { startPhone } from './phone/start-phone';
import { statusPage } from './status/status-page';

const ROOT = resolve(__dirname, '..');
const CODE_PICTURE = join(STATE_FOLDER, 'demonstration-code.png');
const PORTRAITS = join(ROOT, 'tests', 'fixtures', 'portraits');

async function main(): Promise<void> {
  mkdirSync(STATE_FOLDER, { recursive: true });
  console.log('Building the functions …');
  await buildFunctions();

  let phoneUrl = '';
  const cloud = await startCloud({
    dataDir: join(STATE_FOLDER, 'cloud'),
    functionsDir: FUNCTIONS_FOLDER,
    port: Number(process.env.CLOUD_PORT ?? 0),
    environment: () => ({
      ...demonstrationEnvironment(),
      OPERATOR_SETUP_SECRET: DEMONSTRATION_SETUP_CODE,
    }),
    fallback: statusPage({ captureFolder: join(STATE_FOLDER, 'capture'), phoneUrl: () => phoneUrl }),
  });
  const { school, batches, student, idTail, code } = await seedDemonstration(cloud);
  writeFileSync(CODE_PICTURE, code.png);
  const running: RunningFile = { url: cloud.url, administrator: cloud.administratorEnvironment() };
  writeFileSync(RUNNING_FILE, JSON.stringify(running), { mode: 0o600 });

  const phone = await startPhone({
    miniprogramDir: join(ROOT, 'miniprogram'),
    cloudUrl: cloud.url,
    port: Number(process.env.PHONE_PORT ?? 0),
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
  });
  phoneUrl = phone.url;

  console.log(`
  Browser phone   ${phone.url}
  State           ${cloud.url}/

  ${school.name}: ${batches.map((batch) => batch.title).join('、')}
  Capture code    ${CODE_PICTURE}   (${student.name}, ID tail ${idTail})
  Portrait        the phone uses your webcam; or choose a picture beside the phone, or give any file:
                    npm run capture -- --photo FILE --confirm
  Staff           choose 采集单位 as the phone's holder, then 帮助与常见问题 → 工作人员入口,
                  invitation ${DEMONSTRATION_SETUP_CODE} (works once)

  Data stays in ${STATE_FOLDER}; delete the folder to begin anew. Ctrl+C stops.`);

  const stop = async (): Promise<void> => {
    rmSync(RUNNING_FILE, { force: true });
    await phone.close();
    await cloud.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
