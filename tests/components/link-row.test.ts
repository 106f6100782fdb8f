import { renderComponent } from './support/render-component';

test('leads on when tapped', async () => {
  const row = renderComponent('components/link-row/link-row', {
    properties: { icon: 'phone', text: '打电话' },
    events: ['press'],
  });
  expect(row.text).toBe('打电话');
  await row.fire('.link-row');
  expect(row.emitted.map(({ name }) => name)).toEqual(['press']);
  row.close();
});
