/**
 * How strongly a tile of grey values repeats itself: stripes and checks stand out as one frequency that carries most
 * of what is left after the tile's shading is taken away. Cloth's own folds spread over many.
 */

/** Pixels of a tile's side. At an inter-eye distance of 106 px this is about a hand's breadth of cloth. */
export const TILE = 48;
// Cycles per tile: below are folds and shading, above is noise.
const LOWEST = 3;
const HIGHEST = 18;

const COS = new Float64Array(TILE * TILE);
const SIN = new Float64Array(TILE * TILE);
const WINDOW = new Float64Array(TILE);
for (let k = 0; k < TILE; k++) {
  WINDOW[k] = 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 0.5)) / TILE);
  for (let n = 0; n < TILE; n++) {
    COS[k * TILE + n] = Math.cos((2 * Math.PI * k * n) / TILE);
    SIN[k * TILE + n] = Math.sin((2 * Math.PI * k * n) / TILE);
  }
}

/**
 * Share of the strongest frequency in the tile's detail (0..1) times its amplitude in grey levels.
 * @param tile TILE × TILE grey values, row by row
 */
export function patternStrength(tile: Float32Array): number {
  const energy = spectrum(windowed(tile));
  let total = 0;
  let peak = 0;
  for (let v = -HIGHEST; v <= HIGHEST; v++) {
    for (let u = 0; u <= HIGHEST; u++) {
      const radius = Math.hypot(u, v);
      if (radius < LOWEST || radius > HIGHEST) continue;
      total += energyAt(energy, u, v);
      let around = 0;
      for (let dv = -1; dv <= 1; dv++)
        for (let du = -1; du <= 1; du++) around += energyAt(energy, u + du, v + dv);
      if (around > peak) peak = around;
    }
  }
  if (total === 0) return 0;
  // A cosine of amplitude A puts (A·ΣW/2)² into its two bins; Hann's mean is one half.
  const amplitude = (2 * Math.sqrt(peak)) / (TILE * TILE * 0.25) / 1.5;
  return Math.min(1, peak / total) * amplitude;
}

/** The tile without its plane of light, faded to its edges. */
function windowed(tile: Float32Array): Float64Array {
  let [mean, slopeX, slopeY, norm] = [0, 0, 0, 0];
  const centre = (TILE - 1) / 2;
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const value = tile[y * TILE + x]!;
      mean += value;
      slopeX += value * (x - centre);
      slopeY += value * (y - centre);
      norm += (x - centre) ** 2;
    }
  }
  mean /= TILE * TILE;
  slopeX /= norm;
  slopeY /= norm;
  const result = new Float64Array(TILE * TILE);
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const flat = tile[y * TILE + x]! - mean - slopeX * (x - centre) - slopeY * (y - centre);
      result[y * TILE + x] = flat * WINDOW[x]! * WINDOW[y]!;
    }
  }
  return result;
}

/** Frequencies of the spectrum across, and of its upper half down: 0..HIGHEST and the neighbour above. */
const COLUMNS = HIGHEST + 2;
const HALF = TILE / 2;

/**
 * |F|² for frequencies 0..HIGHEST+1 across and −(HIGHEST+1)..HIGHEST+1 down (negative ones from the end).
 * Values at equal distances to both sides of the first meet the same cosine and opposite sines, so that their sums and
 * differences are taken first: half the products.
 */
function spectrum(tile: Float64Array): Float64Array {
  const real = new Float64Array(TILE * COLUMNS);
  const imaginary = new Float64Array(TILE * COLUMNS);
  for (let y = 0; y < TILE; y++) transformRow(tile, y, real, imaginary);
  const energy = new Float64Array(TILE * COLUMNS);
  for (let u = 0; u < COLUMNS; u++) energiesOfColumn(real, imaginary, u, energy);
  return energy;
}

const EVEN = new Float64Array(HALF + 1);
const ODD = new Float64Array(HALF + 1);
const EVEN_IMAGINARY = new Float64Array(HALF + 1);
const ODD_IMAGINARY = new Float64Array(HALF + 1);

/** Sums and differences of a line's values at equal distances to both sides of the first. */
function fold(
  line: Float64Array,
  start: number,
  stride: number,
  even: Float64Array,
  odd: Float64Array,
): void {
  even[0] = line[start]!;
  even[HALF] = line[start + HALF * stride]!;
  for (let n = 1; n < HALF; n++) {
    const before = line[start + n * stride]!;
    const after = line[start + (TILE - n) * stride]!;
    even[n] = before + after;
    odd[n] = before - after;
  }
}

function transformRow(tile: Float64Array, y: number, real: Float64Array, imaginary: Float64Array): void {
  fold(tile, y * TILE, 1, EVEN, ODD);
  for (let u = 0; u < COLUMNS; u++) {
    const wave = u * TILE;
    let re = EVEN[0]! + EVEN[HALF]! * COS[wave + HALF]!;
    let im = 0;
    for (let n = 1; n < HALF; n++) {
      re += EVEN[n]! * COS[wave + n]!;
      im -= ODD[n]! * SIN[wave + n]!;
    }
    real[y * COLUMNS + u] = re;
    imaginary[y * COLUMNS + u] = im;
  }
}

function energiesOfColumn(
  real: Float64Array,
  imaginary: Float64Array,
  u: number,
  energy: Float64Array,
): void {
  fold(real, u, COLUMNS, EVEN, ODD);
  fold(imaginary, u, COLUMNS, EVEN_IMAGINARY, ODD_IMAGINARY);
  for (let v = 0; v < COLUMNS; v++) {
    const wave = v * TILE;
    let cosReal = EVEN[0]! + EVEN[HALF]! * COS[wave + HALF]!;
    let cosImaginary = EVEN_IMAGINARY[0]! + EVEN_IMAGINARY[HALF]! * COS[wave + HALF]!;
    let sinReal = 0;
    let sinImaginary = 0;
    for (let n = 1; n < HALF; n++) {
      const [c, s] = [COS[wave + n]!, SIN[wave + n]!];
      cosReal += EVEN[n]! * c;
      cosImaginary += EVEN_IMAGINARY[n]! * c;
      sinReal += ODD[n]! * s;
      sinImaginary += ODD_IMAGINARY[n]! * s;
    }
    energy[v * COLUMNS + u] = (cosReal + sinImaginary) ** 2 + (cosImaginary - sinReal) ** 2;
    if (v > 0)
      energy[(TILE - v) * COLUMNS + u] = (cosReal - sinImaginary) ** 2 + (cosImaginary + sinReal) ** 2;
  }
}

/** A real signal's spectrum is symmetric: negative u mirrors. */
function energyAt(energy: Float64Array, u: number, v: number): number {
  const column = u < 0 ? -u : u;
  const row = u < 0 ? -v : v;
  return column >= COLUMNS ? 0 : energy[(row < 0 ? row + TILE : row) * COLUMNS + column]!;
}
