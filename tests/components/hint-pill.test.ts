import { renderComponent } from './support/render-component';

test('shows one hint, and "ready" differently in more than colour', async () => {
  const hint = renderComponent('components/hint-pill/hint-pill', { properties: { text: '光线太暗' } });
  expect(hint.text).toBe('光线太暗');
  expect(hint.has('.hint-wait')).toBe(true);
  await hint.set({ text: '可以拍了', ready: true });
  expect(hint.has('.hint-ready')).toBe(true);
  await hint.set({ text: '' });
  expect(hint.text).toBe('');
  hint.close();
});
