/**
 * Starts the browser phone: builds the mini program, serves it on 127.0.0.1 and rebuilds on change.
 * It runs the unmodified tree; nothing that it adds can reach a WeChat build.
 */
import { createRequire } from 'node:module';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ProjectBuilder } from './builder/build-project';
import { type BuildProblem, type BuiltProject } from './built-project';
import { ownFile, PhoneServer } from './server/phone-server';

export interface PhoneIdentity {
  readonly openid: string;
  /** How the phone frame names it. */
  readonly label: string;
}

export interface StartPhoneOptions {
  /** Folder that holds app.json. */
  readonly miniprogramDir: string;
  /** Address of the embedded cloud; without it every cloud call fails as if it were down. */
  readonly cloudUrl?: string;
  /** 0 (default) lets the system choose. */
  readonly port?: number;
  /** People whose phones can be held; the first is the default. */
  readonly identities?: readonly PhoneIdentity[];
  /** Picture files offered in the phone frame for camera, scanner and choosers. */
  readonly pictures?: readonly { readonly label: string; readonly path: string }[];
  /** Rebuild and reload when a file of the mini program changes (default true). */
  readonly watch?: boolean;
  /** Told about every build. */
  onBuild?(result: { readonly milliseconds: number; readonly problems: readonly BuildProblem[] }): void;
}

export interface RunningPhone {
  /** The phone in its frame. */
  readonly url: string;
  /** The mini program alone, filling the window; what tests and screenshots use. */
  readonly appUrl: string;
  /** Makes a picture file loadable by the phone. @returns its address for `window.__phone.change` */
  addPicture(path: string): string;
  close(): Promise<void>;
}

const IDENTITIES: readonly PhoneIdentity[] = [
  { openid: 'student-1', label: '学生甲' },
  { openid: 'student-2', label: '学生乙' },
  { openid: 'operator-1', label: '采集单位' },
];

/** Quiet time after the last change before a rebuild; editors write several files at once. */
const SETTLE_MS = 80;

export async function startPhone(options: StartPhoneOptions): Promise<RunningPhone> {
  const builder = new ProjectBuilder(options.miniprogramDir);
  let built: BuiltProject | undefined;
  const currentBuild = (): BuiltProject => {
    if (!built) {
      built = builder.build();
      options.onBuild?.(built);
    }
    return built;
  };
  const own = await ownContent();
  const server = new PhoneServer({
    build: currentBuild,
    locate: (path) => builder.locate(path),
    own: (path) => (path === '/phone/configuration.json' ? configuration() : own.get(path)),
    cloudUrl: options.cloudUrl,
  });
  const pictures = (options.pictures ?? []).map(({ label, path }) => ({
    label,
    address: server.addPicture(path),
  }));
  const configuration = (): OwnFile => ({
    type: 'application/json',
    body: JSON.stringify({
      identities: options.identities ?? IDENTITIES,
      pictures,
      cloudUrl: options.cloudUrl,
    }),
  });
  const url = await server.listen(options.port ?? 0);
  // Now, so that problems are told at once and the first page need not wait.
  currentBuild();
  const stopWatching =
    options.watch === false
      ? () => undefined
      : watchTree(options.miniprogramDir, () => {
          built = undefined;
          server.reload();
        });
  return {
    url,
    appUrl: `${url}/app.html`,
    addPicture: (path) => server.addPicture(path),
    close: async () => {
      stopWatching();
      await server.close();
    },
  };
}

type OwnFile = { readonly type: string; readonly body: string | Buffer };

/** The phone's own scripts, bundled once at start (about 0.2 s). */
async function ownContent(): Promise<Map<string, OwnFile>> {
  const folder = join(__dirname, 'browser');
  const { outputFiles } = await build({
    entryPoints: { app: join(folder, 'app.ts'), shell: join(folder, 'shell/shell.ts') },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    outdir: '/',
    logLevel: 'error',
    // glass-easel asks for its mode here.
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const files = new Map<string, OwnFile>();
  for (const { path, contents } of outputFiles) {
    files.set(`/phone${path}`, { type: 'text/javascript', body: Buffer.from(contents) });
  }
  const html = 'text/html; charset=utf-8';
  files.set('/', ownFile(join(folder, 'shell/shell.html'), html));
  files.set('/app.html', ownFile(join(folder, 'app.html'), html));
  files.set('/phone/app.css', ownFile(join(folder, 'app.css'), 'text/css'));
  files.set('/phone/built-in.css', ownFile(join(folder, 'built-in/built-in.css'), 'text/css'));
  files.set('/phone/shell.css', ownFile(join(folder, 'shell/shell.css'), 'text/css'));
  const reader = createRequire(__filename).resolve('zxing-wasm/reader/zxing_reader.wasm');
  files.set('/phone/zxing_reader.wasm', ownFile(reader, 'application/wasm'));
  return files;
}

function watchTree(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
