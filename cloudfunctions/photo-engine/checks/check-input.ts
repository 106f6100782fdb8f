/**
 * What every check may look at. Built once per photo by the chain; checks only read.
 * Coordinates are pixels of the working picture, which is the decoded original at a reduced scale.
 */
import {
  type FramingOutcome,
  type PortraitMeasures,
} from '../../../miniprogram/shared/framing/frame-portrait';
import { type PhotoStandard } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { type Measurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type FaceGeometry } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { type HeadPose } from '../face/head-pose';
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { type Lab } from '../measure/lab';

export interface CheckInput {
  readonly image: RgbaImage;
  /** Working pixels per pixel of the original, ≤ 1. */
  readonly workingScale: number;
  readonly standard: PhotoStandard;
  /** Faces whose area is more than a twentieth of the largest one's. */
  readonly people: number;
  readonly landmarks: Landmarks;
  readonly face: FaceGeometry;
  readonly pose: HeadPose;
  /** This person's skin in this light. */
  readonly skin: Lab;
  /** How much each part of the picture belongs to the person, 0..1; smaller than the picture. Read by `personAt`. */
  readonly figure: Plane;
  readonly portrait: PortraitMeasures;
  readonly framing: FramingOutcome;
}

/** One check: looks at the photo and says what it measured, under the names that the kernel's rule declares. */
export type Check = (input: CheckInput) => Measurement;
