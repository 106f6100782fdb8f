/** Which items of the standard a finished picture misses. */
import {
  outsideStandard,
  type ResultGeometry,
  type StandardItem,
} from '../../miniprogram/shared/framing/result-geometry';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';

const standard = photoStandardFor();

function aResult(changes: Partial<ResultGeometry> = {}): ResultGeometry {
  return {
    widthPx: 480,
    heightPx: 640,
    densityDpi: 300,
    fileBytes: 35_000,
    hairTopPx: 80,
    eyesPx: 245,
    chinPx: 415,
    faceWidthPx: 215,
    centreOffsetPx: 0,
    bodyWidthPx: 480,
    ...changes,
  };
}

it('accepts a picture on target', () => {
  expect(outsideStandard(aResult(), standard)).toEqual([]);
});

it.each<[Partial<ResultGeometry>, StandardItem]>([
  [{ widthPx: 479 }, 'width'],
  [{ heightPx: 641 }, 'height'],
  [{ densityDpi: 72 }, 'density'],
  [{ fileBytes: 30_719 }, 'file-bytes'],
  [{ fileBytes: 40_001 }, 'file-bytes'],
  [{ hairTopPx: 49.9 }, 'hair-top'],
  [{ hairTopPx: 110.1 }, 'hair-top'],
  [{ eyesPx: 199.9 }, 'eyes'],
  [{ eyesPx: 300.1 }, 'eyes'],
  [{ faceWidthPx: 179.9 }, 'face-width'],
  [{ faceWidthPx: 300.1, bodyWidthPx: 480 }, 'face-width'],
  [{ centreOffsetPx: -15.1 }, 'centre'],
  [{ bodyWidthPx: 200 }, 'body'],
  [{ hairTopPx: NaN }, 'hair-top'],
])('%j misses %s', (changes, item) => {
  expect(outsideStandard(aResult(changes), standard)).toEqual([item]);
});

it.each<Partial<ResultGeometry>>([
  { fileBytes: 30_720 },
  { fileBytes: 40_000 },
  { hairTopPx: 50 },
  { hairTopPx: 110 },
  { eyesPx: 200 },
  { eyesPx: 300 },
  { faceWidthPx: 180 },
  { centreOffsetPx: 15 },
])('%j is still inside', (changes) => {
  expect(outsideStandard(aResult(changes), standard)).toEqual([]);
});
