/**
 * What the engine answers to a list of pictures, as a program of its own, so that it can run on any Node: prints, per
 * picture, the kind of the answer and a hash of everything in it that lasts. Refuses to hash what may differ from run to
 * run: times and memory.
 *
 *   node answer-pictures.js MODELS PICTURES.json
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DevelopOutcome } from '../../../cloudfunctions/photo-engine/develop-outcome';
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { isDomainError } from '../../../miniprogram/shared/errors';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';

export interface PictureAnswer {
  /** `developed`, `blocked` or a refusal's code. */
  readonly outcome: string;
  readonly sha256: string;
}

async function answerPictures(models: string, pictures: readonly string[]): Promise<PictureAnswer[]> {
  const engine = createPhotoEngine({ modelFolder: models });
  const answers: PictureAnswer[] = [];
  for (const picture of pictures) {
    const options = { standard: photoStandardFor(), rules: CHECK_RULES };
    answers.push(
      await engine.develop(readFileSync(picture), options).then(
        (outcome) => ({ outcome: outcome.kind, sha256: lastingHash(outcome) }),
        (error: unknown) => {
          if (!isDomainError(error)) throw error;
          return { outcome: error.code, sha256: hash(JSON.stringify(error.details)) };
        },
      ),
    );
  }
  return answers;
}

function lastingHash(outcome: DevelopOutcome): string {
  const { verdict } = outcome;
  const record = { ...outcome.record, stageMilliseconds: {}, peakMemoryMegabytes: 0 };
  const developed =
    outcome.kind === 'developed' ? { geometry: outcome.geometry, jpeg: hash(outcome.jpeg) } : {};
  return hash(JSON.stringify({ verdict, record, ...developed }));
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const [, , models, list] = process.argv;
answerPictures(models!, JSON.parse(readFileSync(list!, 'utf8')) as string[]).then(
  (answers) => {
    console.log(JSON.stringify(answers));
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
