/**
 * A background that can be cut cleanly. Measured around the finished cut-out: the wall's texture, how far the cut-out
 * can be trusted, and whether the body reaches the lower edge in its full width. Only ever a remark: the student may go on, and the reviewer sees it.
 */
import { type Measurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type WallMeasures } from '../matte/wall';

/** `null`: no cut-out was made, because something else already asks for another photo. */
export function checkWall(wall: WallMeasures | null): Measurement {
  if (wall === null) return { kind: 'not-assessed', reason: 'nothing-to-measure' };
  const { texture, certainty, body } = wall;
  return {
    kind: 'measured',
    values: { texture, certainty, body },
    remedies: { certainty: 'edge-unsure', body: 'clothes-like-wall' },
  };
}
