/**
 * The suites of code pictures with their truth, as they lie in ../shared/data/qr. Absent on most machines: then
 * there are no suites, and the caller says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '../../tests/support/shared-data';

export interface CodePicture {
  readonly name: string;
  readonly path: string;
  readonly hasCode: boolean;
  /** Whether the payload is the one that must be found (of several: the student's). */
  isExpected(payload: Uint8Array): boolean;
  /** Whether the payload is any that the truth names. */
  isInPicture(payload: Uint8Array): boolean;
}

export interface CodeSuite {
  readonly suite: string;
  readonly pictures: readonly CodePicture[];
}

type Truth = string | Buffer;

const PICTURE = /\.(png|jpe?g|gif|bmp|webp)$/i;

export function codeSuites(): readonly CodeSuite[] {
  const root = sharedData('qr');
  if (root === undefined) return [];
  return [...publicSuites(root), ...generatedSuites(root), ...hostileSuites(root)];
}

function publicSuites(root: string): readonly CodeSuite[] {
  return ['zxing', 'zxingcpp'].map((suite) => {
    const folders = readdirSync(join(root, suite)).filter((folder) => !folder.startsWith('falsepositives'));
    const pictures = folders.flatMap((folder) =>
      picturesOf(join(root, suite, folder)).flatMap((name) => {
        const truth = truthBeside(join(root, suite, folder, name));
        return truth === undefined
          ? []
          : [aPicture(`${folder}/${name}`, join(root, suite, folder, name), [truth])];
      }),
    );
    return { suite, pictures };
  });
}

function generatedSuites(root: string): readonly CodeSuite[] {
  const file = join(root, 'generated', 'truth.json');
  const truth = JSON.parse(readFileSync(file, 'utf8')) as {
    suite: string;
    file: string;
    text: string[];
    /** Pixels per module. */
    eff?: number;
  }[];
  const suites = [...new Set(truth.map(({ suite }) => suite))];
  const all = suites.map((suite) => ({
    suite,
    pictures: truth
      .filter((entry) => entry.suite === suite)
      .map(({ file: name, text }) => aPicture(name, join(root, 'generated', suite, name), text)),
  }));
  const shots = (wanted: (pixelsPerModule: number) => boolean) =>
    truth
      .filter(({ suite, eff }) => suite === 'shot' && eff !== undefined && wanted(eff))
      .map(({ file: name, text }) => aPicture(name, join(root, 'generated', 'shot', name), text));
  return [
    ...all,
    { suite: 'shot, ≥ 1.3 px a module', pictures: shots((pixels) => pixels >= 1.3) },
    { suite: 'shot, below', pictures: shots((pixels) => pixels < 1.3) },
  ];
}

/** Files that carry a code in spite of everything, and files that must be refused or give nothing. */
function hostileSuites(root: string): readonly CodeSuite[] {
  const folder = join(root, 'hostile');
  const payloads = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Record<string, string>;
  const named = Object.entries(payloads).map(([name, payload]) =>
    aPicture(name, join(folder, name), [Buffer.from(payload, 'base64')]),
  );
  const formats = readdirSync(folder).filter((name) => /^(f[.-]|png-as)/.test(name));
  const rest = readdirSync(folder).filter((name) => !(name in payloads) && !formats.includes(name));
  return [
    { suite: 'hostile, payloads', pictures: named },
    {
      suite: 'hostile, formats',
      pictures: formats.map((name) =>
        aPicture(name, join(folder, name), ['https://t.cn/q?c=FORMATCASE1234567890']),
      ),
    },
    {
      suite: 'hostile, rest',
      pictures: rest
        .filter((name) => name !== 'truth.json')
        .map((name) => aPicture(name, join(folder, name), [])),
    },
  ];
}

function picturesOf(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => PICTURE.test(name));
}

function truthBeside(path: string): Truth | undefined {
  const bare = path.replace(PICTURE, '');
  if (existsSync(`${bare}.bin`)) return readFileSync(`${bare}.bin`);
  return existsSync(`${bare}.txt`) ? readFileSync(`${bare}.txt`, 'utf8') : undefined;
}

function aPicture(name: string, path: string, truths: readonly Truth[]): CodePicture {
  return {
    name,
    path,
    hasCode: truths.length > 0,
    isExpected: (payload) => truths.length > 0 && matches(payload, truths[0]!),
    isInPicture: (payload) => truths.some((truth) => matches(payload, truth)),
  };
}

/**
 * Texts of the public suites are in whatever character set their code was made in, and some lost line ends on the
 * way; what is measured here is whether the bytes were read, not whether a Japanese text is shown rightly.
 */
function matches(payload: Uint8Array, truth: Truth): boolean {
  if (typeof truth !== 'string') return Buffer.compare(payload, truth) === 0;
  return ['utf-8', 'gb18030', 'shift_jis', 'latin1'].some(
    (charset) => plain(new TextDecoder(charset).decode(payload)) === plain(truth),
  );
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
