/**
 * What axe does not look for: content that runs out of the phone's screen, and targets too small for a thumb
 * (44 px, WCAG 2.5.5 and Apple's guideline).
 */
import { type Page } from 'playwright-core';

const SMALLEST_TARGET_PX = 44;

/** One line per finding; empty when everything fits. */
export function layoutFindings(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const width = document.documentElement.clientWidth;
    const seen = (element: Element): DOMRect | null => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const hidden = style.visibility === 'hidden' || style.display === 'none' || box.width === 0;
      return hidden || element.closest('[hidden],[inert]') !== null ? null : box;
    };
    const name = (element: Element): string =>
      (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 20);
    const findings: string[] = [];
    for (const element of document.querySelectorAll('wx-view, wx-text, wx-image, wx-button, wx-input')) {
      const box = seen(element);
      if (box && (box.right > width + 1 || box.left < -1) && element.closest('.finder') === null) {
        findings.push(`runs out of the screen: ${element.className} "${name(element)}"`);
      }
    }
    for (const element of document.querySelectorAll('wx-button, wx-input')) {
      const box = seen(element);
      if (box && box.height < smallest - 0.5) {
        findings.push(`only ${Math.round(box.height)} px high: ${element.className} "${name(element)}"`);
      }
    }
    return findings;
  }, SMALLEST_TARGET_PX);
}
