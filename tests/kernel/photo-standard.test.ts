/** The standard as transcribed, and what a batch may set. */
import { type DomainError } from '../../miniprogram/shared/errors';
import { OFFICIAL_STANDARD, type Range } from '../../miniprogram/shared/photo-standard/official-standard';
import {
  DEFAULT_PHOTO_SETTINGS,
  KNOWN_BACKGROUNDS,
  photoStandardFor,
  requireSavableSettings,
  type PhotoSettings,
} from '../../miniprogram/shared/photo-standard/photo-standard';

it('carries the published numbers', () => {
  const numbers = Object.fromEntries(
    Object.entries(OFFICIAL_STANDARD).map(([name, { value }]) => [name, value]),
  );
  expect(numbers).toEqual({
    widthPx: 480,
    heightPx: 640,
    densityDpi: 300,
    bitsPerPixel: 24,
    jpegQualityAtLeast: 60,
    fileBytes: { min: 30_720, max: 40_000 },
    background: { red: 100, green: 197, blue: 255 },
    hairTopPx: { min: 50, max: 110 },
    eyesPx: { min: 200, max: 300 },
    faceWidthPx: { min: 180, max: 300 },
    allowedTransformations: ['crop', 'scale', 'background'],
    glassesAllowed: true,
  });
});

it('names a document, an item and a date for every number', () => {
  for (const item of Object.values(OFFICIAL_STANDARD)) {
    expect(item.document.length).toBeGreaterThan(5);
    expect(item.item.length).toBeGreaterThan(1);
    expect(item.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

it.each(Object.entries(KNOWN_BACKGROUNDS))('lets a batch use the background %s', (_name, background) => {
  expect(photoStandardFor({ ...DEFAULT_PHOTO_SETTINGS, background }).background).toEqual(background);
});

it.each<[string, Range]>([
  ['the narrowest band at the lower limit', { min: 20_000, max: 29_000 }],
  ['the narrowest band at the upper limit', { min: 52_440, max: 61_440 }],
  ['all that the sources name', { min: 20_000, max: 61_440 }],
  ['the official band', OFFICIAL_STANDARD.fileBytes.value],
])('lets a batch use %s', (_name, fileBytes) => {
  expect(photoStandardFor({ ...DEFAULT_PHOTO_SETTINGS, fileBytes }).fileBytes).toEqual(fileBytes);
});

it.each<[string, Partial<PhotoSettings>, string]>([
  ['a colour out of range', { background: { red: 256, green: 0, blue: 0 } }, 'photoSettings.background'],
  ['a colour with a fraction', { background: { red: 1.5, green: 0, blue: 0 } }, 'photoSettings.background'],
  ['a band below every source', { fileBytes: { min: 10_000, max: 40_000 } }, 'photoSettings.fileBytes'],
  ['a band above every source', { fileBytes: { min: 30_000, max: 90_000 } }, 'photoSettings.fileBytes'],
  ['a band upside down', { fileBytes: { min: 40_000, max: 30_000 } }, 'photoSettings.fileBytes'],
])('refuses %s', (_case, changes, path) => {
  expect(() => photoStandardFor({ ...DEFAULT_PHOTO_SETTINGS, ...changes })).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', details: { path } }) as DomainError,
  );
});

it('does not let a batch be saved with a band too narrow to hit, and lets one that was go on', () => {
  const narrow = { ...DEFAULT_PHOTO_SETTINGS, fileBytes: { min: 30_000, max: 38_999 } };
  expect(() => {
    requireSavableSettings(narrow);
  }).toThrow(
    expect.objectContaining({
      code: 'INVALID_REQUEST',
      details: { path: 'photoSettings.fileBytes' },
    }) as DomainError,
  );
  expect(photoStandardFor(narrow).fileBytes).toEqual(narrow.fileBytes);
});
