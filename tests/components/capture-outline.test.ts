import { outlineSvg } from '../../miniprogram/components/capture-outline/outline-picture';
import { overlayFor } from '../../miniprogram/shared/framing/overlay';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { renderComponent } from './support/render-component';

const VIEW = { width: 375, height: 560 };

/** Numbers of the one ellipse: where the outline asks the head to be. */
function headIn(svg: string) {
  const [, cx, cy, rx, ry] = /<ellipse cx="([\d.]+)" cy="([\d.]+)" rx="([\d.]+)" ry="([\d.]+)"\/>/.exec(svg)!;
  return {
    left: Number(cx) - Number(rx),
    top: Number(cy) - Number(ry),
    width: 2 * Number(rx),
    height: 2 * Number(ry),
  };
}

test('draws the head exactly where the kernel’s geometry puts it', () => {
  const overlay = overlayFor(photoStandardFor(), VIEW);
  const head = headIn(outlineSvg(overlay, VIEW, false));
  for (const side of ['left', 'top', 'width', 'height'] as const)
    expect(head[side]).toBeCloseTo(overlay.head[side], 0);
});

test('turns the dashed line into a full one when everything fits', () => {
  const overlay = overlayFor(photoStandardFor(), VIEW);
  expect(outlineSvg(overlay, VIEW, false)).toContain('stroke-dasharray');
  expect(outlineSvg(overlay, VIEW, true)).not.toContain('stroke-dasharray');
});

test('is drawn for the size of its view, and not before there is one', async () => {
  const outline = renderComponent('components/capture-outline/capture-outline');
  expect(outline.has('.outline')).toBe(false);
  await outline.set({ width: 320, height: 430 });
  expect(outline.has('.outline')).toBe(true);
  expect(decodeURIComponent(String(outline.data['picture']))).toContain('viewBox="0 0 320 430"');
  outline.close();
});
