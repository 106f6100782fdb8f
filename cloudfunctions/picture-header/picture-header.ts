/**
 * What a file says about itself before any pixel is decoded.
 * Only claims: a header may lie, so the decoders behind it stay bounded too.
 */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp';

/** `palette` keeps its colours in a table; `cmyk` and `ycck` are print colours that most decoders get wrong. */
export type ColourModel = 'grey' | 'rgb' | 'palette' | 'cmyk' | 'ycck';

/** The eight orientations of EXIF 2.32, tag 0x0112; 1 is upright. */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface PictureHeader {
  readonly kind: 'picture';
  readonly format: PictureFormat;
  /** Pixels as stored, before the EXIF orientation is applied; both ≥ 1. */
  readonly width: number;
  readonly height: number;
  /** Bits of one sample (of one index for a palette): 1, 2, 4, 8, 12 or 16. */
  readonly bits: number;
  readonly colourModel: ColourModel;
  /** The format could carry transparency in this file; the pixels may still all be opaque. */
  readonly alpha: boolean;
  /** More than one frame. */
  readonly animated: boolean;
  /** Stored in several passes: progressive JPEG, interlaced PNG or GIF. */
  readonly progressive: boolean;
  /** Passes over the picture: scans of a progressive JPEG, otherwise 1. Each costs time, however few bytes it has. */
  readonly passes: number;
  /** 1 where the file says nothing. */
  readonly exifOrientation: ExifOrientation;
}

/** Recognised, and refused by name so that the student can be told what to do with exactly this file. */
export type RefusedFormat =
  | 'heic'
  | 'avif'
  | 'svg'
  | 'tiff'
  | 'jxl'
  | 'jpeg2000'
  | 'jpeg-arithmetic'
  | 'jpeg-lossless'
  | 'png-apple'
  | 'video'
  | 'pdf'
  | 'text'
  | 'unknown';

export type PictureHeaderOutcome =
  | PictureHeader
  | { readonly kind: 'refused-format'; readonly format: RefusedFormat }
  /** Begins like this format, and the header is cut off or contradicts itself. */
  | { readonly kind: 'damaged'; readonly format: PictureFormat }
  | { readonly kind: 'empty' };
