import { renderComponent } from './support/render-component';

const PATH = 'components/action-button/action-button';

test('shows its words and says when it was pressed', async () => {
  const button = renderComponent(PATH, { properties: { text: '确认' }, events: ['press'] });
  expect(button.text).toBe('确认');
  await button.fire('.button');
  expect(button.emitted.map(({ name }) => name)).toEqual(['press']);
  button.close();
});

test('takes no second tap while busy, and keeps its words', async () => {
  const button = renderComponent(PATH, { properties: { text: '确认', busy: true }, events: ['press'] });
  await button.fire('.button');
  expect(button.emitted).toEqual([]);
  expect(button.text).toBe('确认');
  expect(button.has('.spinner')).toBe(true);
  await button.set({ busy: false });
  await button.fire('.button');
  expect(button.emitted).toHaveLength(1);
  button.close();
});

test('takes no tap while something is under way that it would contradict, and looks so without turning', async () => {
  const button = renderComponent(PATH, { properties: { text: '不是我', held: true }, events: ['press'] });
  await button.fire('.button');
  expect(button.emitted).toEqual([]);
  expect([button.has('.held'), button.has('.spinner')]).toEqual([true, false]);
  await button.set({ held: false });
  await button.fire('.button');
  expect(button.emitted).toHaveLength(1);
  expect(button.has('.held')).toBe(false);
  button.close();
});

test.each(['primary', 'plain', 'quiet', 'danger'])('has the look %s', (kind) => {
  const button = renderComponent(PATH, { properties: { text: '好', kind } });
  expect(button.has(`.button-${kind}`)).toBe(true);
  button.close();
});
