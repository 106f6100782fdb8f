/** The framing solver: what it promises for every portrait, and what it says where no crop exists. */
import fc from 'fast-check';
import { framePortrait, type PortraitMeasures } from '../../../miniprogram/shared/framing/frame-portrait';
import {
  portraitFrom,
  positionsAfter,
  positionsOutside,
} from '../../../miniprogram/shared/framing/result-geometry';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';

const standard = photoStandardFor();

/** A head of 600 px in the middle of a 1500×2000 picture, all of it free. */
function aPortrait(changes: Partial<PortraitMeasures> = {}): PortraitMeasures {
  return {
    imageWidth: 1500,
    imageHeight: 2000,
    hairTopY: 400,
    chinY: 1000,
    eyesY: 700,
    faceWidth: 400,
    faceCentreX: 750,
    hairCutOff: false,
    touchesLeft: false,
    touchesRight: false,
    ...changes,
  };
}

/** Heads of human proportions anywhere in a picture of any size. */
const anyPortrait: fc.Arbitrary<PortraitMeasures> = fc
  .record({
    aspect: fc.double({ min: 0.5, max: 2, noNaN: true }),
    imageHeight: fc.integer({ min: 200, max: 8000 }),
    headShare: fc.double({ min: 0.03, max: 0.95, noNaN: true }),
    top: fc.double({ min: 0, max: 0.9, noNaN: true }),
    eyes: fc.double({ min: 0.35, max: 0.62, noNaN: true }),
    width: fc.double({ min: 0.5, max: 0.85, noNaN: true }),
    centre: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
    touchesLeft: fc.boolean(),
    touchesRight: fc.boolean(),
  })
  .map(({ aspect, imageHeight, headShare, top, eyes, width, centre, touchesLeft, touchesRight }) => {
    const imageWidth = Math.round(aspect * imageHeight);
    const head = headShare * imageHeight;
    const hairTopY = top * imageHeight;
    return aPortrait({
      imageWidth,
      imageHeight,
      hairTopY,
      chinY: hairTopY + head,
      eyesY: hairTopY + head * eyes,
      faceWidth: head * width,
      faceCentreX: centre * imageWidth,
      touchesLeft,
      touchesRight,
    });
  });

describe('a crop that the solver gives', () => {
  it('puts every position inside the standard and keeps the picture’s aspect', () => {
    fc.assert(
      fc.property(anyPortrait, (portrait) => {
        const outcome = framePortrait(portrait, standard);
        if (!outcome.ok) return;
        expect(positionsOutside(positionsAfter(portrait, outcome.framing, standard), standard, 1e-6)).toEqual(
          [],
        );
        expect(outcome.framing.width / outcome.framing.height).toBeCloseTo(480 / 640, 9);
        expect(outcome.framing.width * outcome.framing.scale).toBeCloseTo(480, 6);
      }),
      { numRuns: 2000 },
    );
  });

  it('shows the portrait that it was made from', () => {
    fc.assert(
      fc.property(anyPortrait, (portrait) => {
        const outcome = framePortrait(portrait, standard);
        if (!outcome.ok) return;
        const { framing } = outcome;
        const shown = {
          ...positionsAfter(portrait, framing, standard),
          chinPx: (portrait.chinY - framing.top) * framing.scale,
        };
        const seen = portraitFrom(shown, framing, aPortrait(), standard);
        for (const length of ['hairTopY', 'eyesY', 'chinY', 'faceWidth', 'faceCentreX'] as const) {
          expect(seen[length]).toBeCloseTo(portrait[length], 6);
        }
      }),
    );
  });

  it('never invents anything below the figure, nor beside it where the figure reaches the edge', () => {
    fc.assert(
      fc.property(anyPortrait, (portrait) => {
        const outcome = framePortrait(portrait, standard);
        if (!outcome.ok) return;
        const { left, top, width, height } = outcome.framing;
        expect(top + height).toBeLessThanOrEqual(portrait.imageHeight + 1e-6);
        if (portrait.touchesLeft) expect(left).toBeGreaterThanOrEqual(-1e-6);
        if (portrait.touchesRight) expect(left + width).toBeLessThanOrEqual(portrait.imageWidth + 1e-6);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the resolution of the source', () => {
    fc.assert(
      fc.property(anyPortrait, fc.double({ min: 1.1, max: 4, noNaN: true }), (portrait, factor) => {
        const large = aPortrait(
          Object.fromEntries(
            Object.entries(portrait).map(([key, value]) => [
              key,
              typeof value === 'number' ? value * factor : value,
            ]),
          ),
        );
        expect(framePortrait(large, standard).ok).toBe(framePortrait(portrait, standard).ok);
      }),
    );
  });

  it('takes the target where the picture leaves the choice', () => {
    const outcome = framePortrait(aPortrait(), standard);
    if (!outcome.ok) throw new Error('expected a crop');
    const positions = positionsAfter(aPortrait(), outcome.framing, standard);
    expect(positions.hairTopPx).toBeCloseTo(standard.target.hairTopPx);
    expect(600 * outcome.framing.scale).toBeCloseTo(standard.target.headHeightPx);
    expect(positions.centreOffsetPx).toBeCloseTo(0);
  });

  it.each<[string, Partial<PortraitMeasures>, 'faceWidthPx' | 'eyesPx', number]>([
    ['a broad face', { faceWidth: 560 }, 'faceWidthPx', 300 - 6],
    ['a narrow face', { faceWidth: 310 }, 'faceWidthPx', 180 + 6],
    ['eyes high in the head', { eyesY: 595 }, 'eyesPx', 200 + 6],
    ['eyes low in the head', { eyesY: 800 }, 'eyesPx', 300 - 6],
  ])('keeps 6 px, two noises of the landmarks, from the end of the range: %s', (_case, changes, item, px) => {
    const portrait = aPortrait(changes);
    const outcome = framePortrait(portrait, standard);
    if (!outcome.ok) throw new Error('expected a crop');
    expect(positionsAfter(portrait, outcome.framing, standard)[item]).toBeCloseTo(px);
  });

  it('uses the freedom of the ranges where the picture ends half a head below the chin', () => {
    const portrait = aPortrait({ imageHeight: 1300 });
    const outcome = framePortrait(portrait, standard);
    if (!outcome.ok) throw new Error('expected a crop');
    expect(outcome.framing.top + outcome.framing.height).toBeLessThanOrEqual(1300 + 1e-6);
    expect(600 * outcome.framing.scale).toBeGreaterThan(standard.target.headHeightPx);
  });

  it('does not enlarge a small source where a smaller head is still inside the standard', () => {
    const small = aPortrait({ hairTopY: 100, chinY: 420, eyesY: 260, faceWidth: 200 });
    const outcome = framePortrait(small, standard);
    expect(outcome).toMatchObject({ ok: true, framing: { scale: 1 } });
  });
});

describe('where no crop exists, the solver says what to do', () => {
  it.each([
    ['the hair is cut off by the picture', { hairCutOff: true }, 'head-cut-off'],
    ['the picture ends under the chin', { imageHeight: 1050 }, 'show-shoulders'],
    [
      'the head stands at the side of a narrow picture',
      { touchesLeft: true, faceCentreX: 200 },
      'move-to-middle',
    ],
    [
      'the head fills the width of the picture',
      { imageWidth: 560, faceCentreX: 280, touchesLeft: true, touchesRight: true },
      'step-back',
    ],
    [
      'tall hair',
      { hairTopY: 0, eyesY: 700, chinY: 1000, faceWidth: 380, imageHeight: 3000 },
      'hair-too-high',
    ],
  ])('%s', (_case, changes, remedy) => {
    expect(framePortrait(aPortrait(changes), standard)).toMatchObject({ ok: false, remedy });
  });

  it('names a distance of at least one pixel, and no more than the picture is high', () => {
    fc.assert(
      fc.property(anyPortrait, (portrait) => {
        const outcome = framePortrait(portrait, standard);
        if (outcome.ok) return;
        expect(outcome.missingPx).toBeGreaterThanOrEqual(1);
        expect(outcome.missingPx).toBeLessThanOrEqual(standard.heightPx);
      }),
    );
  });
});
