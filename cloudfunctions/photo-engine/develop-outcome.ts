/**
 * What the engine gives back: a verdict always, a finished picture only when nothing blocks it, and a record with
 * which anybody can check later that nothing but crop, scale and background was changed, and what was done to the
 * file's colours and transparency to see the picture rightly.
 * Refusals (a file that is no picture) are DomainErrors, not outcomes.
 */
import { type ResultGeometry } from '../../miniprogram/shared/framing/result-geometry';
import { type Rgb } from '../../miniprogram/shared/photo-standard/official-standard';
import { type Verdict } from '../../miniprogram/shared/verdict/verdict';
import { type DecodeOperation } from './decode/decode-photo';

/** One thing that was done to the picture, in order, with its numbers. Lengths are pixels of the upright original. */
export type Operation =
  | DecodeOperation
  | {
      readonly name: 'crop';
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly name: 'scale'; readonly factor: number }
  | { readonly name: 'replace-background'; readonly background: Rgb }
  | {
      readonly name: 'encode-jpeg';
      readonly quality: number;
      readonly subsampling: string;
      readonly densityDpi: number;
    };

export interface OriginalFacts {
  readonly format: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export const STAGES = [
  'decode',
  'face',
  'person',
  'judge',
  'frame',
  'second-look',
  'cut-out',
  'encode',
  'verify',
] as const;
export type Stage = (typeof STAGES)[number];

export interface PhotoRecord {
  /** Hex. */
  readonly originalSha256: string;
  readonly resultSha256: string | null;
  readonly original: OriginalFacts;
  readonly operations: readonly Operation[];
  readonly engineVersion: string;
  /** Model name to the SHA-256 of its file. */
  readonly models: Readonly<Record<string, string>>;
  /** Stages that ran, in milliseconds. */
  readonly stageMilliseconds: Readonly<Partial<Record<Stage, number>>>;
  /** The most memory that this process had in use so far, resident, in millions of bytes. */
  readonly peakMemoryMegabytes: number;
}

export type DevelopOutcome =
  | { readonly kind: 'blocked'; readonly verdict: Verdict; readonly record: PhotoRecord }
  | {
      readonly kind: 'developed';
      readonly verdict: Verdict;
      readonly jpeg: Uint8Array;
      readonly geometry: ResultGeometry;
      readonly record: PhotoRecord;
    };
