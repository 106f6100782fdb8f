/** Running means over square windows; edges repeat. */

/** Mean over a (2·radius + 1)² window of a plane of width × height values. Cost does not depend on the radius. */
export function boxBlur(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) blurLine(plane, rows, y * width, 1, width, radius);
  const result = new Float32Array(plane.length);
  for (let x = 0; x < width; x++) blurLine(rows, result, x, width, height, radius);
  return result;
}

function blurLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  length: number,
  radius: number,
) {
  const at = (index: number) => from[start + Math.min(Math.max(index, 0), length - 1) * stride]!;
  const size = 2 * radius + 1;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < length; i++) {
    to[start + i * stride] = sum / size;
    sum += at(i + radius + 1) - at(i - radius);
  }
}
