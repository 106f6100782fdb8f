/**
 * Compares a package on the PC with its manifest: every volume, every picture, the table for people, nothing missing,
 * nothing besides, neither in a volume nor as another ZIP file in the folder. Reads volumes as streams, so a package of
 * any size needs little memory. Remarks, without judging, numbers that share one original: two study records of one
 * person, or a photo in somebody else's place. Changes nothing.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, openPromise } from 'yauzl';
import * as v from 'valibot';
import { MANIFEST_CSV, MANIFEST_JSON } from '../../../cloudfunctions/export/manifest';

export type PackageProblem =
  | {
      readonly kind: 'volume-missing' | 'volume-damaged' | 'table-missing' | 'table-changed';
      readonly file: string;
    }
  | {
      readonly kind: 'photo-missing' | 'photo-damaged' | 'photo-twice';
      readonly file: string;
      readonly studentNumber: string;
    }
  /** In a volume, or a ZIP file beside them, but not in the manifest. */
  | { readonly kind: 'stranger'; readonly file: string };

export interface PackageReport {
  readonly photos: number;
  readonly volumes: number;
  readonly found: number;
  readonly problems: readonly PackageProblem[];
  /** Student numbers of each original that several photos were made of. */
  readonly sameOriginal: readonly (readonly string[])[];
  /** What was packed; undefined for a package of version 0.1.0. */
  readonly selection: ManifestFile['selection'];
  readonly scope: ManifestFile['scope'];
  readonly station: string | null;
}

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const manifestSchema = v.object({
  format: v.literal('graduation-photos-package/1'),
  selection: v.optional(v.picklist(['new', 'all-accepted'])),
  scope: v.optional(v.picklist(['batch', 'station', 'no-station'])),
  station: v.nullable(v.string()),
  photos: v.number(),
  volumes: v.array(v.object({ file: v.string(), sha256, photos: v.number() })),
  table: v.optional(v.object({ file: v.string(), sha256 })),
  entries: v.array(
    v.object({
      file: v.string(),
      volume: v.string(),
      bytes: v.number(),
      sha256,
      studentNumber: v.string(),
      originalSha256: v.string(),
    }),
  ),
});
type ManifestFile = v.InferOutput<typeof manifestSchema>;

/** The folder has no manifest, or something else by that name. */
export class NoManifestError extends Error {}

/**
 * @param onPhoto called after each picture, for a progress bar
 * @throws NoManifestError
 */
export async function verifyPackage(
  folder: string,
  onPhoto: (done: number, total: number) => void = () => undefined,
): Promise<PackageReport> {
  const manifest = readManifest(folder);
  const problems: PackageProblem[] = [...strangersBeside(manifest, folder), ...withoutVolume(manifest)];
  let found = 0;
  for (const { file, sha256: expected } of manifest.volumes) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      problems.push({ kind: 'volume-missing', file }, ...missing(manifest, file, new Set()));
      continue;
    }
    // A damaged volume is still looked into: it says which pictures are affected.
    if ((await digestOf(createReadStream(path))) !== expected)
      problems.push({ kind: 'volume-damaged', file });
    found += await verifyVolume(path, file, manifest, problems, () => {
      onPhoto(found, manifest.photos);
    });
  }
  problems.push(...(await problemOfTable(manifest, folder)));
  const { photos, volumes, selection, scope, station } = manifest;
  const sameOriginal = sharedOriginals(manifest);
  return { photos, volumes: volumes.length, found, problems, sameOriginal, selection, scope, station };
}

/** That of a package of version 0.1.0 is only looked for. */
async function problemOfTable({ table }: ManifestFile, folder: string): Promise<PackageProblem[]> {
  const file = table?.file ?? MANIFEST_CSV;
  const path = join(folder, file);
  if (!existsSync(path)) return [{ kind: 'table-missing', file }];
  if (table === undefined || (await digestOf(createReadStream(path))) === table.sha256) return [];
  return [{ kind: 'table-changed', file }];
}

function sharedOriginals({ entries }: ManifestFile): readonly (readonly string[])[] {
  const owners = new Map<string, string[]>();
  for (const { originalSha256, studentNumber } of entries) {
    owners.set(originalSha256, [...(owners.get(originalSha256) ?? []), studentNumber]);
  }
  return [...owners.values()].filter((numbers) => numbers.length > 1);
}

function readManifest(folder: string): ManifestFile {
  const path = join(folder, MANIFEST_JSON);
  if (!existsSync(path)) throw new NoManifestError();
  const parsed = v.safeParse(manifestSchema, parseJson(readFileSync(path, 'utf8')));
  if (!parsed.success || !countsAgree(parsed.output)) throw new NoManifestError();
  return parsed.output;
}

/** Every volume and picture stands in it once: otherwise what is there once could count twice. */
function countsAgree({ photos, volumes, entries }: ManifestFile): boolean {
  const files = new Set(volumes.map(({ file }) => file));
  const pictures = new Set(entries.map(({ volume, file }) => JSON.stringify([volume, file])));
  return entries.length === photos && pictures.size === photos && files.size === volumes.length;
}

/** Such as a volume of the package that was in the folder before: whoever receives both has photos too many. */
function strangersBeside({ volumes }: ManifestFile, folder: string): PackageProblem[] {
  const known = new Set(volumes.map(({ file }) => file));
  return readdirSync(folder)
    .filter((file) => file.toLowerCase().endsWith('.zip') && !known.has(file))
    .map((file) => ({ kind: 'stranger', file }));
}

/** Pictures that the manifest says are in a volume which it does not list. */
function withoutVolume(manifest: ManifestFile): PackageProblem[] {
  const listed = new Set(manifest.volumes.map(({ file }) => file));
  const others = new Set(
    manifest.entries.map(({ volume }) => volume).filter((volume) => !listed.has(volume)),
  );
  return [...others].flatMap((volume) => missing(manifest, volume, new Set()));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns how many pictures of this volume are as the manifest says */
async function verifyVolume(
  path: string,
  volume: string,
  manifest: ManifestFile,
  problems: PackageProblem[],
  onPhoto: () => void,
): Promise<number> {
  const expected = new Map(
    manifest.entries.filter((entry) => entry.volume === volume).map((entry) => [entry.file, entry]),
  );
  const seen = new Set<string>();
  let good = 0;
  try {
    const archive = await openPromise(path, { lazyEntries: true, autoClose: true });
    for await (const entry of archive.eachEntry()) {
      const file = entry.fileName;
      const wanted = expected.get(file);
      if (wanted === undefined) problems.push({ kind: 'stranger', file });
      else if (seen.has(file))
        problems.push({ kind: 'photo-twice', file, studentNumber: wanted.studentNumber });
      else if ((await digestOfEntry(archive, entry)) === wanted.sha256) good += 1;
      else problems.push({ kind: 'photo-damaged', file, studentNumber: wanted.studentNumber });
      seen.add(file);
      onPhoto();
    }
  } catch {
    // The archive breaks off: what was not seen is missing.
  }
  problems.push(...missing(manifest, volume, seen));
  return good;
}

type Archive = Awaited<ReturnType<typeof openPromise>>;

/** Undefined where the picture cannot be read at all. */
async function digestOfEntry(archive: Archive, entry: Entry): Promise<string | undefined> {
  try {
    return await digestOf(await archive.openReadStreamPromise(entry));
  } catch {
    return undefined;
  }
}

function missing(manifest: ManifestFile, volume: string, seen: ReadonlySet<string>): PackageProblem[] {
  return manifest.entries
    .filter((entry) => entry.volume === volume && !seen.has(entry.file))
    .map(({ file, studentNumber }) => ({ kind: 'photo-missing', file, studentNumber }));
}

async function digestOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
