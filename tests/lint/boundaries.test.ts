/** The folder boundaries of docs/architecture.md hold because lint refuses to cross them: each is tried here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Finding {
  readonly ruleId: string | null;
  readonly line: number;
}

/** Lines of the source on which a boundary rule fires, as if it stood in this file. */
function crossings(file: string, source: readonly string[]): number[] {
  const eslint = join(ROOT, 'node_modules/eslint/bin/eslint.js');
  const { stdout } = spawnSync(
    process.execPath,
    [eslint, '--stdin', '--stdin-filename', file, '--format', 'json'],
    {
      cwd: ROOT,
      input: source.join('\n'),
      encoding: 'utf8',
    },
  );
  const [result] = JSON.parse(stdout) as { messages: Finding[] }[];
  const lines = result!.messages
    .filter(({ ruleId }) => ruleId?.startsWith('no-restricted-'))
    .map(({ line }) => line);
  return [...new Set(lines)].sort((a, b) => a - b);
}

/** Every line must be refused, except the last, which shows that not everything is. */
function expectAllButTheLast(file: string, source: readonly string[]): void {
  expect(crossings(file, source)).toEqual(source.slice(0, -1).map((_, index) => index + 1));
}

it('the kernel imports neither node nor SDK nor pages, and uses no globals of either side', () => {
  expectAllButTheLast('miniprogram/shared/errors.ts', [
    `import 'node:fs';`,
    `import 'zlib';`,
    `import 'wx-server-sdk';`,
    `import '../pages/home/to-view';`,
    `import '../../cloudfunctions/platform/clock';`,
    `void import('./framing/overlay');`,
    `wx.showToast({ title: '' });`,
    `new TextEncoder();`,
    `setTimeout(() => undefined, 1);`,
    `import './framing/overlay';`,
  ]);
});

it('the engine imports no SDK and nothing of the cloud', () => {
  expectAllButTheLast('cloudfunctions/photo-engine/judge-photo.ts', [
    `import 'wx-server-sdk';`,
    `import '../platform/database';`,
    `import '../submission/own-submission';`,
    `import '../identity/unguessable-id';`,
    `void import('../requests/call');`,
    `import '../../local/cloud/start-cloud';`,
    `import '../../miniprogram/services/student-service';`,
    `import '../../miniprogram/shared/submission/submission-machine';`,
  ]);
});

it('only the platform folder reaches the SDK, and nothing local is deployed', () => {
  expectAllButTheLast('cloudfunctions/submission/own-submission.ts', [
    `import 'wx-server-sdk';`,
    `import '../platform/sdk';`,
    `import '../platform/database-connection';`,
    `void import('../platform/database');`,
    `import '../../local/cloud/start-cloud';`,
    `import '../../scripts/build/build-functions';`,
    `import '../../miniprogram/pages/home/to-view';`,
    `import '../platform/database';`,
  ]);
});

it('pages make no request keys, and uploads and file names, which keep theirs, do', () => {
  for (const file of ['pages/done/done.ts', 'operator/members/members.ts', 'operator/services/me-store.ts']) {
    expectAllButTheLast(`miniprogram/${file}`, [
      `import '../../services/request-key';`,
      `import 'fs';`,
      `import '../../services/step-requests';`,
    ]);
  }
  expectAllButTheLast('miniprogram/operator/services/seat-store.ts', [
    `import 'fs';`,
    `import '../../services/request-key';`,
  ]);
});

it('pages import neither node nor functions nor local tools', () => {
  expectAllButTheLast('miniprogram/pages/home/to-view.ts', [
    `import 'fs';`,
    `import 'wx-server-sdk';`,
    `import '../../../cloudfunctions/platform/clock';`,
    `import '../../../local/cloud/cloud-client';`,
    `void import('../../shared/framing/overlay');`,
    `new URL('https://example.com');`,
    `process.exit(1);`,
    `import '../../shared/framing/overlay';`,
  ]);
});
