/** axe-core on what a phone shows now. Only serious and critical findings count; none is excused here. */
import axe, { type AxeResults } from 'axe-core';
import { type Page } from 'playwright-core';

/** One line per finding: rule, element, what is wrong. Empty when there is nothing serious. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${id}: ${node.target.join(' ')} – ${(node.failureSummary ?? '').replaceAll('\n', ' ')}`,
      ),
    );
}
