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

/** |F|² for frequencies 0..HIGHEST+1 across and all of them down. */
function spectrum(tile: Float64Array): Float64Array {
  const columns = HIGHEST + 2;
  const real = new Float64Array(TILE * columns);
  const imaginary = new Float64Array(TILE * columns);
  for (let y = 0; y < TILE; y++) {
    for (let u = 0; u < columns; u++) {
      let [re, im] = [0, 0];
      for (let x = 0; x < TILE; x++) {
        re += tile[y * TILE + x]! * COS[u * TILE + x]!;
        im -= tile[y * TILE + x]! * SIN[u * TILE + x]!;
      }
      real[y * columns + u] = re;
      imaginary[y * columns + u] = im;
    }
  }
  const energy = new Float64Array(TILE * columns);
  for (let v = 0; v < TILE; v++) {
    for (let u = 0; u < columns; u++) {
      let [re, im] = [0, 0];
      for (let y = 0; y < TILE; y++) {
        const [c, s] = [COS[v * TILE + y]!, SIN[v * TILE + y]!];
        re += real[y * columns + u]! * c + imaginary[y * columns + u]! * s;
        im += imaginary[y * columns + u]! * c - real[y * columns + u]! * s;
      }
      energy[v * columns + u] = re * re + im * im;
    }
  }
  return energy;
}

/** A real signal's spectrum is symmetric: negative u mirrors. */
function energyAt(energy: Float64Array, u: number, v: number): number {
  const columns = HIGHEST + 2;
  const [column, row] = u < 0 ? [-u, -v] : [u, v];
  return column >= columns ? 0 : energy[((row + 2 * TILE) % TILE) * columns + column]!;
}
