import { renderComponent } from './support/render-component';

test('is a place for the main action and nothing else', () => {
  const bar = renderComponent('components/bottom-bar/bottom-bar');
  expect(bar.has('.bottom-bar')).toBe(true);
  expect(bar.text).toBe('');
  bar.close();
});
