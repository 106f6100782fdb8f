/**
 * Lengths that only WeChat knows, translated for a browser document. Used for style sheets (builder) and
 * for inline styles (browser), so that both mean the same.
 */

/**
 * 750 rpx are the screen's width. `vh` counts without the phone's bars, and the safe area belongs to the
 * simulated phone, so both become variables that the phone sets.
 */
export function translateLengths(value: string): string {
  return value
    .replace(/(-?\d*\.?\d+)rpx\b/g, (_, number: string) => `${round(Number(number) / 7.5)}vw`)
    .replace(/(-?\d*\.?\d+)vh\b/g, (_, number: string) => `calc(var(--phone-vh) * ${Number(number)})`)
    .replace(/\b(?:env|constant)\(safe-area-inset-(top|right|bottom|left)/g, 'var(--phone-safe-$1');
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
