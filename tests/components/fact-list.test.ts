import { renderComponent } from './support/render-component';

test('shows every label with its value, in order', () => {
  const facts = [
    { label: '院校', value: '示例学院' },
    { label: '层次', value: '专升本' },
  ];
  const list = renderComponent('components/fact-list/fact-list', { properties: { facts } });
  expect(list.text.replace(/\s/g, '')).toBe('院校示例学院层次专升本');
  list.close();
});
