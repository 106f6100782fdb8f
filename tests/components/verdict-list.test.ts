import { checkLines } from '../../miniprogram/copy/verdict-words';
import { aFullVerdict } from '../support/view-builder';
import { renderComponent } from './support/render-component';

const PATH = 'components/verdict-list/verdict-list';

test('shows what needs something with value, range and remedy, and folds the rest', async () => {
  const lines = checkLines(aFullVerdict({ 'head-yaw': 'blocked', wall: 'warned' }));
  const list = renderComponent(PATH, { properties: { lines } });
  for (const words of [
    '左右转头',
    '要调整',
    '向一侧转了 11.0 度',
    '左右各 6.0 度以内',
    '鼻尖正对镜头',
    '背景墙',
  ]) {
    expect(list.text).toContain(words);
  }
  expect(list.text).toContain(`其余 ${lines.length - 2} 项合格`);
  expect(list.text).not.toContain('嘴唇自然闭合');
  await list.fire('.verdict-more');
  expect(list.text).toContain('嘴唇自然闭合');
  await list.fire('.verdict-more');
  expect(list.text).not.toContain('嘴唇自然闭合');
  list.close();
});

test('says that everything is good in one line', () => {
  const lines = checkLines(aFullVerdict());
  const list = renderComponent(PATH, { properties: { lines } });
  expect(list.text).toBe(`${lines.length} 项全部合格展开`);
  list.close();
});

test('shows nothing without a verdict', () => {
  const list = renderComponent(PATH, { properties: { lines: [] } });
  expect(list.text).toBe('');
  list.close();
});
