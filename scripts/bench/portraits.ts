/**
 * The engine on real portraits: how many good ones pass, whether every result is inside the standard, and whether each
 * way of spoiling a photo is refused by its own check. Needs the team's portraits; skips loudly without them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { createPhotoEngine, type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { modelFolder } from '../../local/cli/support/model-folder';
import { isDomainError } from '../../miniprogram/shared/errors';
import { outsideStandard } from '../../miniprogram/shared/framing/result-geometry';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';
import { sharedData } from '../../tests/support/shared-data';
import { asJpeg, blurred, emptied, exposed, rolled, sideBySide } from '../../tests/support/spoil-portrait';
import { type Benchmark, markdownTable, percent } from './benchmark';

const standard = photoStandardFor();

interface Judged {
  readonly file: string;
  readonly blockedBy: readonly CheckId[];
  readonly refusal: string | null;
  /** Null where nothing was developed. */
  readonly outside: readonly string[] | null;
}

export async function portraitsBenchmark(): Promise<Benchmark | null> {
  const folder = sharedData('portraits/full');
  const labels = sharedData('portraits/values_labels.csv');
  if (folder === undefined || labels === undefined) return null;
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  const teeth = teethLabels(readFileSync(labels, 'utf8'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));

  const judged = new Map<string, Judged>();
  for (const file of files) judged.set(file, await judge(engine, file, readFileSync(join(folder, file))));
  const neutral = files.filter((file) => file.includes('_03')).map((file) => judged.get(file)!);
  const developed = [...judged.values()].filter(({ outside }) => outside !== null);
  const refusedByMouth = (label: string) => {
    const of = files.filter((file) => teeth.get(file) === label).map((file) => judged.get(file)!);
    return {
      refused: of.filter(({ blockedBy }) => blockedBy.includes('mouth-closed')).length,
      all: of.length,
    };
  };
  const [toothy, closed] = [refusedByMouth('yes'), refusedByMouth('no')];
  const spoiled = await spoiledPortraits(
    engine,
    folder,
    files.filter((file) => file.includes('_03')),
  );

  const passed = neutral.filter(({ outside }) => outside !== null);
  const blocked = neutral.filter(({ outside }) => outside === null);
  const rows: (string | number)[][] = [
    ['neutral portraits developed', `${passed.length} of ${neutral.length}`, '≥ 49 of 50'],
    [
      '… not developed',
      blocked
        .map(({ file, blockedBy, refusal }) => `${file}: ${refusal ?? blockedBy.join(', ')}`)
        .join('; ') || 'none',
      '',
    ],
    [
      'results inside the standard',
      `${developed.filter(({ outside }) => outside!.length === 0).length} of ${developed.length}`,
      'all',
    ],
    ['teeth visible, refused by mouth-closed', percent(toothy.refused / toothy.all), '≥ 95 %'],
    ['no teeth visible, not refused by it', percent(1 - closed.refused / closed.all), '≥ 95 %'],
    ...spoiled.map(({ what, check, caught, all }) => [
      `${what}, refused by ${check}`,
      `${caught} of ${all}`,
      'each',
    ]),
  ];
  return {
    title: 'Real portraits',
    markdown: markdownTable(['what', 'measured', 'wanted'], rows),
    figures: { judged: [...judged.values()], toothy, closed, spoiled },
    times: [],
  };
}

async function judge(engine: PhotoEngine, file: string, bytes: Uint8Array): Promise<Judged> {
  try {
    const outcome = await engine.develop(bytes, { standard, rules: CHECK_RULES });
    const outside = outcome.kind === 'developed' ? outsideStandard(outcome.geometry, standard) : null;
    return { file, blockedBy: checksWith(outcome.verdict, 'blocked'), refusal: null, outside };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { file, blockedBy: [], refusal: error.code, outside: null };
  }
}

/** Every fifth portrait spoiled in each way. A turned head cannot be made from a frontal one: a rendered one stands in. */
async function spoiledPortraits(engine: PhotoEngine, folder: string, files: readonly string[]) {
  const some = files.filter((_, i) => i % 5 === 0);
  const images = await Promise.all(
    some.map(async (file) => (await decodePhoto(readFileSync(join(folder, file)))).image),
  );
  // In 1350-pixel portraits the eyes are about 185 px apart: σ 3.3 there is σ 2 at 113.
  const ways: { what: string; check: CheckId; make: (image: RgbaImage, other: RgbaImage) => RgbaImage }[] = [
    { what: 'tilted by 10°', check: 'head-roll', make: (image) => rolled(image, 10) },
    { what: 'blurred, σ 2 px at IED 113', check: 'sharp', make: (image) => blurred(image, 3.3) },
    { what: 'dark, −4 stops', check: 'not-backlit', make: (image) => exposed(image, -4) },
    { what: 'empty', check: 'single-face', make: emptied },
    { what: 'two people', check: 'single-face', make: sideBySide },
  ];
  const results: { what: string; check: CheckId; caught: number; all: number }[] = [];
  for (const { what, check, make } of ways) {
    let caught = 0;
    for (const [i, image] of images.entries()) {
      const spoiled = await asJpeg(make(image, images[(i + 1) % images.length]!));
      if ((await judge(engine, some[i]!, spoiled)).blockedBy.includes(check)) caught++;
    }
    results.push({ what, check, caught, all: images.length });
  }
  const turned = readFileSync(join(__dirname, '../../tests/fixtures/portraits/m1_yaw25.jpg'));
  const yaw = (await judge(engine, 'm1_yaw25.jpg', turned)).blockedBy.includes('head-yaw');
  return [
    { what: 'turned by 25° (rendered)', check: 'head-yaw' as CheckId, caught: yaw ? 1 : 0, all: 1 },
    ...results,
  ];
}

function teethLabels(csv: string): Map<string, string> {
  const [head, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const column = head!.indexOf('teeth_visible');
  return new Map(rows.map((row) => [row[0]!, row[column]!]));
}
