/**
 * Two pieces of a sentence, set as Chinese is: a space between a Chinese word and figures or Latin letters, and nowhere
 * else. For pieces of which only the reader's phone knows what they are.
 */
export function spaced(before: string, after: string): string {
  return /[\u4e00-\u9fff]$/.test(before) && /^[−\dA-Za-z]/.test(after)
    ? `${before} ${after}`
    : `${before}${after}`;
}
