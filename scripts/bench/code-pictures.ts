/**
 * How many code pictures are read, how fast and how wrongly, suite by suite. The truth of each picture decides,
 * as a resolver would: the cascade goes on until the expected code is found. Gives nothing without the pictures.
 */
import { readFileSync } from 'node:fs';
import { type CodeInPicture, type ReadingStage } from '../../cloudfunctions/capture-code/code-in-picture';
import { readCodePicture } from '../../cloudfunctions/capture-code/read-code-picture';
import { loadWechatEngine } from '../../cloudfunctions/capture-code/wechat-engine';
import { isDomainError } from '../../miniprogram/shared/errors';
import { type CodePicture, codeSuites } from './code-suites';

export interface SuiteFigures {
  readonly suite: string;
  readonly pictures: number;
  /** The expected code was found. */
  readonly found: number;
  /** Something was found, the expected code was not. */
  readonly wrongOnly: number;
  /** Codes found beside the expected ones, over all pictures of the suite: each would be offered to the resolver. */
  readonly otherCodes: number;
  readonly refused: number;
  /** Of processor time, file on the disk to codes: what a busy machine does not falsify. */
  readonly medianMilliseconds: number;
  readonly slowestMilliseconds: number;
  /** At which attempt the expected code was found. */
  readonly stages: Readonly<Partial<Record<ReadingStage, number>>>;
  /** Names of the pictures without their code, for whoever wants to look. */
  readonly missed: readonly string[];
}

interface Reading {
  readonly picture: CodePicture;
  readonly stage?: ReadingStage;
  readonly others: number;
  readonly refusal?: string;
  readonly milliseconds: number;
}

/** @param lastEngine whether WeChat's engine may be asked last */
export async function benchCodePictures(lastEngine: boolean): Promise<readonly SuiteFigures[]> {
  const figures: SuiteFigures[] = [];
  for (const { suite, pictures } of codeSuites()) {
    const readings: Reading[] = [];
    for (const picture of pictures) readings.push(await readOne(picture, lastEngine));
    figures.push(summarise(suite, readings));
  }
  return figures;
}

async function readOne(picture: CodePicture, lastEngine: boolean): Promise<Reading> {
  const bytes = readFileSync(picture.path);
  const started = process.cpuUsage();
  const found: CodeInPicture[] = [];
  let stage: ReadingStage | undefined;
  let refusal: string | undefined;
  try {
    for await (const codes of readCodePicture(bytes, lastEngine ? { lastEngine: loadWechatEngine } : {})) {
      found.push(...codes);
      stage = codes.find(({ payload }) => picture.isExpected(payload))?.stage;
      if (stage !== undefined) break;
    }
  } catch (error) {
    if (!isDomainError(error)) throw error;
    refusal = error.code;
  }
  const { user, system } = process.cpuUsage(started);
  return {
    picture,
    milliseconds: (user + system) / 1000,
    others: found.filter(({ payload }) => !picture.isInPicture(payload)).length,
    ...(stage === undefined ? {} : { stage }),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

function summarise(suite: string, readings: readonly Reading[]): SuiteFigures {
  const times = readings.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const missed = readings.filter(({ stage, picture }) => stage === undefined && picture.hasCode);
  const stages: Partial<Record<ReadingStage, number>> = {};
  for (const { stage } of readings) if (stage !== undefined) stages[stage] = (stages[stage] ?? 0) + 1;
  return {
    suite,
    pictures: readings.length,
    found: readings.filter(({ stage }) => stage !== undefined).length,
    wrongOnly: readings.filter(({ stage, others }) => stage === undefined && others > 0).length,
    otherCodes: readings.reduce((sum, { others }) => sum + others, 0),
    refused: readings.filter(({ refusal }) => refusal !== undefined).length,
    medianMilliseconds: Math.round(times[times.length >> 1] ?? 0),
    slowestMilliseconds: Math.round(times.at(-1) ?? 0),
    stages,
    missed: missed.map(
      ({ picture, refusal }) => `${picture.name}${refusal === undefined ? '' : ` ${refusal}`}`,
    ),
  };
}
