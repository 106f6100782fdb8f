/**
 * A fixed piece of work that every benchmark run times beside the real ones. Machines differ and are shared; the ratio
 * to this step within one run is what can be compared between runs.
 */
import { boxBlur } from '../../cloudfunctions/photo-engine/measure/box-blur';
import { median } from './benchmark';

/** Milliseconds of twenty box blurs over a 1000×1000 plane, median of five. */
export function referenceMilliseconds(): number {
  const plane = Float32Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 256);
  const times: number[] = [];
  for (let run = 0; run < 6; run++) {
    const started = performance.now();
    for (let i = 0; i < 20; i++) boxBlur(plane, 1000, 1000, 3);
    if (run > 0) times.push(performance.now() - started);
  }
  return median(times);
}
