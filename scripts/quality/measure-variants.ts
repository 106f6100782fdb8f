/**
 * Examines one portrait as it is, in other surroundings, and spoiled in every way. Works on pixels, as the engine does after decoding; only
 * the JPEG variant takes the way through a file. The cut-out is not made: `wall` is measured by the matting benchmark.
 */
import { readFileSync } from 'node:fs';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { examineImage } from '../../cloudfunctions/photo-engine/examine-image';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { type CheckOutcome, type Remedy } from '../../miniprogram/shared/verdict/verdict';
import { knownPortrait } from '../../tests/support/known-portrait';
import { asJpeg } from '../../tests/support/spoil-portrait';
import { type LabelledPortrait } from './portraits';
import { type MadePhoto } from './variants';

/** One photo, as it was taken or made from it, and what each check made of it. */
export interface MeasuredPhoto {
  readonly file: string;
  /** Name of the variant; `as it is` for the portrait itself. */
  readonly variant: string;
  readonly checks: Readonly<Partial<Record<CheckId, MeasuredCheck>>>;
}

/** All photos of a run, and the engine that judged them. */
export interface MeasuredRun {
  readonly engineVersion: string;
  readonly photos: readonly MeasuredPhoto[];
}

export interface MeasuredCheck {
  readonly outcome: CheckOutcome;
  readonly values: Readonly<Record<string, number>>;
  readonly remedy?: Remedy;
}

export const AS_IT_IS = 'as it is';

const standard = photoStandardFor();

export async function measureVariants(
  portrait: LabelledPortrait,
  other: LabelledPortrait,
  variants: readonly MadePhoto[],
  runtime: ModelRuntime,
): Promise<MeasuredPhoto[]> {
  const image = await read(portrait);
  const photos = [await measured(portrait.file, AS_IT_IS, image, runtime)];
  if (variants.length === 0) return photos;
  const known = await knownPortrait(image, runtime);
  const otherKnown = await knownPortrait(await read(other), runtime);
  if (known === undefined || otherKnown === undefined) return photos;
  for (const variant of variants) {
    const made = variant.make(known, otherKnown);
    const pixels =
      'jpegQuality' in made ? (await decodePhoto(await asJpeg(image, made.jpegQuality))).image : made;
    photos.push(await measured(portrait.file, variant.name, pixels, runtime));
  }
  return photos;
}

async function read({ path }: LabelledPortrait): Promise<RgbaImage> {
  return (await decodePhoto(readFileSync(path))).image;
}

async function measured(
  file: string,
  variant: string,
  image: RgbaImage,
  runtime: ModelRuntime,
): Promise<MeasuredPhoto> {
  const { verdict } = await examineImage(
    image,
    1,
    { standard, rules: CHECK_RULES },
    runtime,
    startStopwatch(),
  );
  const checks = verdict.checks.map((check): [CheckId, MeasuredCheck] => [
    check.id,
    {
      outcome: check.outcome,
      values:
        check.outcome === 'not-assessed'
          ? {}
          : Object.fromEntries(check.measures.map(({ name, value }) => [name, value])),
      ...(check.outcome !== 'not-assessed' && check.remedy !== undefined && { remedy: check.remedy }),
    },
  ]);
  return { file, variant, checks: Object.fromEntries(checks) };
}
