/** The folder boundaries of docs/architecture.md hold because lint refuses to cross them: each is tried here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Lines tried as if they stood in this file: all are refused but the last, which shows that not everything is. */
interface Trial {
  readonly boundary: string;
  readonly file: string;
  readonly lines: readonly string[];
}

const TRIALS: readonly Trial[] = [
  {
    boundary: 'the kernel imports neither node nor SDK nor pages, and uses no globals of either side',
    file: 'miniprogram/shared/errors.ts',
    lines: [
      `import 'node:fs';`,
      `import 'zlib';`,
      `import 'wx-server-sdk';`,
      ...imports('../pages/home/to-view', '../operator/stuck/to-view', '../copy/words', '../config'),
      ...imports('../../miniprogram/services/failure', '../../cloudfunctions/platform/clock'),
      `void import('./framing/overlay');`,
      `wx.showToast({ title: '' });`,
      `new TextEncoder();`,
      `setTimeout(() => undefined, 1);`,
      `'a1'.replace(/(?<=a)1/, '');`,
      ...imports('./framing/overlay'),
    ],
  },
  ...[
    ['the engine', 'cloudfunctions/photo-engine/judge-photo.ts'],
    ['what reads headers for the engine', 'cloudfunctions/picture-header/png-header.ts'],
  ].map(([part, file]) => ({
    boundary: `${part} imports no SDK and nothing of the cloud`,
    file: file!,
    lines: [
      `import 'wx-server-sdk';`,
      ...imports('../platform/database', '../submission/own-submission', '../identity/unguessable-id'),
      `void import('../requests/call');`,
      ...imports('../../local/cloud/start-cloud', '../../miniprogram/services/student-service'),
      ...imports('../../miniprogram/shared/submission/submission-machine'),
    ],
  })),
  {
    boundary:
      'only the platform folder reaches the SDK, nothing local is deployed, no use case knows an entry',
    file: 'cloudfunctions/submission/own-submission.ts',
    lines: [
      `import 'wx-server-sdk';`,
      ...imports('../platform/sdk', '../platform/database-connection'),
      `void import('../platform/database');`,
      ...imports('../../local/cloud/start-cloud', '../../scripts/bench/bench'),
      ...imports('../../miniprogram/pages/home/to-view', '../../miniprogram/copy/words'),
      ...imports('../functions/student/capture-codes'),
      ...imports('../platform/database'),
    ],
  },
  {
    boundary: 'what runs on one machine knows neither the scripts nor the tests',
    file: 'local/start.ts',
    lines: imports('../scripts/bench/bench', '../tests/support/build-once', './cloud/start-cloud'),
  },
  {
    boundary: 'an entry knows the use cases and not the SDK',
    file: 'cloudfunctions/functions/student/index.ts',
    lines: imports('../../platform/sdk', '../../../local/cloud/start-cloud', '../../requests/call'),
  },
  {
    boundary: 'the platform folder knows no use case',
    file: 'cloudfunctions/platform/define-function.ts',
    lines: [
      ...imports('../functions/student/schemas', '../requests/call', '../../local/cloud/start-cloud'),
      ...imports('../../miniprogram/services/student-service', 'wx-server-sdk'),
    ],
  },
  {
    boundary: 'pages import neither node nor functions nor local tools, and nothing of the subpackage',
    file: 'miniprogram/pages/home/to-view.ts',
    lines: [
      `import 'fs';`,
      `import 'wx-server-sdk';`,
      ...imports('../../../cloudfunctions/platform/clock', '../../../local/cloud/cloud-client'),
      ...imports('../../operator/stuck/to-view', '../../../miniprogram/operator/stuck/to-view'),
      `void import('../../shared/framing/overlay');`,
      `new URL('https://example.com');`,
      `process.exit(1);`,
      `/(?<!a)1/.test('1');`,
      `new RegExp('(?<!a)1').test('1');`,
      `/(?<digit>1)(?=2)(?!3)/.test('1');`,
    ],
  },
  {
    boundary: 'the app does without the subpackage',
    file: 'miniprogram/app.ts',
    lines: imports('./operator/navigation', './services/failure'),
  },
  {
    boundary: 'platform wraps wx and knows nothing of what it is for',
    file: 'miniprogram/platform/camera.ts',
    lines: imports(
      '../copy/words',
      '../services/failure',
      '../config',
      '../pages/define-page',
      '../shared/failure',
    ),
  },
  {
    boundary: 'words know no service and no page',
    file: 'miniprogram/copy/failure-words.ts',
    lines: imports(
      '../services/failure',
      '../pages/define-page',
      '../operator/navigation',
      '../shared/failure',
    ),
  },
  {
    boundary: 'services know no page and no component',
    file: 'miniprogram/services/portrait-upload/upload-shelf.ts',
    lines: imports(
      '../../pages/define-page',
      '../../components/fact-list/fact',
      '../../operator/navigation',
      '../failure',
    ),
  },
  {
    boundary: 'components know no page',
    file: 'miniprogram/components/fact-list/fact.ts',
    lines: imports('../../pages/define-page', '../../operator/navigation', '../../services/next-step'),
  },
  {
    boundary: 'the same holds for the platform folder of the subpackage',
    file: 'miniprogram/operator/platform/clipboard.ts',
    lines: imports(
      '../services/me-store',
      '../../services/failure',
      '../stuck/to-view',
      '../../platform/promised',
    ),
  },
  {
    boundary: 'and for its services',
    file: 'miniprogram/operator/services/me-store.ts',
    lines: imports(
      '../stuck/to-view',
      '../../pages/define-page',
      '../components/choice-group/choice',
      '../platform/clipboard',
    ),
  },
  {
    boundary: 'and for its components',
    file: 'miniprogram/operator/components/choice-group/choice.ts',
    lines: imports('../../stuck/to-view', '../../../pages/define-page', '../../services/me-store'),
  },
  ...[
    ['a page', 'miniprogram/pages/done/done.ts'],
    ['a staff page', 'miniprogram/operator/members/members.ts'],
  ].map(([page, file]) => ({
    boundary: `${page} makes no request keys`,
    file: file!,
    lines: imports('../../services/request-key', '../../services/step-requests'),
  })),
  ...[
    ['a page', 'miniprogram/pages/done/done.ts'],
    ['a staff page', 'miniprogram/operator/members/members.ts'],
  ].map(([page, file]) => ({
    boundary: `${page} keeps nothing where the next one that is opened finds it`,
    file: file!,
    lines: ['let open = false;', 'export let sending = null;', 'const seen = new Set();', 'const SIZE = 1;'],
  })),
  {
    boundary: 'a service of the staff makes none either',
    file: 'miniprogram/operator/services/me-store.ts',
    lines: imports('../../services/request-key', '../../services/step-requests'),
  },
  {
    boundary: 'what keeps its key with a job makes one',
    file: 'miniprogram/operator/services/seat-store.ts',
    lines: imports('../stuck/to-view', '../../services/request-key'),
  },
  {
    boundary: 'its pages may use everything of the main package',
    file: 'miniprogram/operator/stuck/to-view.ts',
    lines: imports('../../../local/start', '../../pages/define-page'),
  },
];

function imports(...paths: readonly string[]): string[] {
  return paths.map((path) => `import '${path}';`);
}

// One process for all: starting the linter takes longer than any trial.
const LINT_ALL = `
  import { ESLint } from 'eslint';
  import { text } from 'node:stream/consumers';
  const eslint = new ESLint();
  const results = [];
  for (const { file, lines } of JSON.parse(await text(process.stdin))) {
    const [{ messages }] = await eslint.lintText(lines.join('\\n'), { filePath: file });
    results.push(messages.filter(({ ruleId }) => ruleId?.startsWith('no-restricted-')).map(({ line }) => line));
  }
  process.stdout.write(JSON.stringify(results));
`;

/** For each trial the numbers of the lines on which a boundary rule fires. */
let refused: readonly (readonly number[])[];
beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', LINT_ALL], {
    cwd: ROOT,
    input: JSON.stringify(TRIALS),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  refused = JSON.parse(stdout) as number[][];
}, 300_000);

test.each(TRIALS.map(({ boundary, lines }, index) => [boundary, lines, index] as const))(
  '%s',
  (_, lines, index) => {
    const linesOf = (numbers: readonly number[]) => [...new Set(numbers)].map((number) => lines[number - 1]);
    expect(linesOf(refused[index]!)).toEqual(lines.slice(0, -1));
  },
);
