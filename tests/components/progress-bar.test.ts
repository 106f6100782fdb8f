import { renderComponent } from './support/render-component';

test('shows how far it is, or only that it moves', async () => {
  const bar = renderComponent('components/progress-bar/progress-bar', { properties: { percent: 30 } });
  expect(bar.has('.bar-unknown')).toBe(false);
  await bar.set({ percent: -1 });
  expect(bar.has('.bar-unknown')).toBe(true);
  bar.close();
});
