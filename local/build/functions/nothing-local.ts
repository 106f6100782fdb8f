/**
 * Refuses a build that would deploy any of the local cloud, the browser phone or the tests: the local gateway
 * believes every identity, so none of it may ever run where strangers can reach it. The build calls this for what
 * it is about to deliver; the sources decide, the emitted text is searched as well in case a bundle came from
 * elsewhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One deployed bundle and the files it was made of, relative to the repository's root (esbuild's metafile). */
export interface BundleSources {
  readonly name: string;
  readonly sources: readonly string[];
}

/** Folders whose code stays on the developer's machine. */
const LOCAL_SOURCES = /^(?:\.\/)?(?:local|tests|scripts)\//;
/** Packages that only the local cloud and the browser phone are made of. */
const LOCAL_PACKAGES =
  /node_modules\/(?:mingo|glass-easel[\w-]*|playwright-core|miniprogram-simulate|esbuild|tsx)\//;

/** Texts that only the local cloud writes. (`127.0.0.1` alone is no sign: the gateway resolver names it too.) */
const LOCAL_TEXTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['code of local/', /^\s*\/\/ (?:local|tests|scripts)\//m],
  ['an address on this machine', /http:\/\/127\.0\.0\.1/],
  ['the redirection of the SDK', /TCB_CONTEXT_CNFG["']?\s*[:=]\s*(?:JSON|["'`{])/],
  ['the session of the local gateway', /x-cloud-session/],
  ['the query engine of the local cloud', /node_modules\/mingo/],
];

/** @throws Error that names every offending bundle and file */
export function assertNothingLocal(distFunctionsDir: string, bundles: readonly BundleSources[] = []): void {
  const offences = [
    ...bundles.flatMap(offendingSources),
    ...readFunctions(distFunctionsDir).flatMap(offendingTexts),
  ];
  if (offences.length > 0) throw new Error(`Local code must not be deployed:\n  ${offences.join('\n  ')}`);
}

function offendingSources({ name, sources }: BundleSources): readonly string[] {
  return sources
    .filter((source) => LOCAL_SOURCES.test(source) || LOCAL_PACKAGES.test(source))
    .map((source) => `${name} contains ${source}`);
}

interface EmittedFile {
  readonly path: string;
  readonly text: string;
}

function readFunctions(folder: string): readonly EmittedFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:c|m)?js(?:on)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function offendingTexts({ path, text }: EmittedFile): readonly string[] {
  return LOCAL_TEXTS.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path} contains ${what}`);
}
