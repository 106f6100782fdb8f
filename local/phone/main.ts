/**
 * Starts the browser phone alone, for whoever writes pages: `npx tsx local/phone/main.ts`.
 * `npm start` starts it together with the embedded cloud and demonstration data.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPhone } from './start-phone';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      miniprogram: { type: 'string', default: 'miniprogram' },
      cloud: { type: 'string' },
      port: { type: 'string', default: '0' },
      picture: { type: 'string', multiple: true, default: [] },
    },
  });
  const phone = await startPhone({
    miniprogramDir: resolve(values.miniprogram),
    ...(values.cloud !== undefined && { cloudUrl: values.cloud }),
    port: Number(values.port),
    pictures: values.picture.map((path) => ({ label: path, path: resolve(path) })),
    onBuild: ({ milliseconds, problems }) => {
      console.log(`built in ${milliseconds} ms`);
      for (const { severity, path, line, message } of problems) {
        console.log(`  ${severity}: ${path}${line === undefined ? '' : `:${line}`} ${message}`);
      }
    },
  });
  console.log(`browser phone: ${phone.url}   (mini program alone: ${phone.appUrl})`);
}

void main();
