import { renderComponent } from './support/render-component';

test('asks its owner to change and shows what the owner says', async () => {
  const row = renderComponent('components/check-row/check-row', {
    properties: { text: '没有戴耳环', remark: '先摘下来', checked: false },
    events: ['change'],
  });
  expect(row.text).toBe('没有戴耳环先摘下来');
  await row.fire('.check-row');
  expect(row.emitted).toEqual([{ name: 'change', detail: { checked: true } }]);
  // Nothing is ticked by itself.
  expect(row.has('.check-inside-on')).toBe(false);
  await row.set({ checked: true });
  expect(row.has('.check-inside-on')).toBe(true);
  await row.fire('.check-row');
  expect(row.emitted.at(-1)).toEqual({ name: 'change', detail: { checked: false } });
  await row.set({ held: true });
  await row.fire('.check-row');
  expect(row.emitted).toHaveLength(2);
  expect(row.has('.held')).toBe(true);
  row.close();
});
