import { renderComponent } from './support/render-component';

test.each([
  ['info', 'info'],
  ['good', 'check'],
  ['warn', 'alert'],
  ['bad', 'alert'],
])('tone %s has an icon of its own as well as a colour', (tone, icon) => {
  const notice = renderComponent('components/notice-bar/notice-bar', {
    properties: { tone, heading: '标题', text: '下一步' },
  });
  expect(notice.text).toBe('标题下一步');
  expect(notice.has(`.notice-${tone}`)).toBe(true);
  expect(notice.data['icon']).toBe(icon);
  notice.close();
});
