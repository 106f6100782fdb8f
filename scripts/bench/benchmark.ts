/** What one benchmark gives back: a table for people and the numbers behind it. */

export interface Benchmark {
  readonly title: string;
  /** Markdown: one table and, where needed, a sentence. */
  readonly markdown: string;
  readonly figures: unknown;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
