import { batchView } from '../../miniprogram/components/batch-card/batch-view';
import { NOON, aPublicBatch, at } from '../support/view-builder';
import { renderComponent } from './support/render-component';

test('says for whom and until when, and how much time is left', () => {
  const batch = batchView(aPublicBatch({ notice: '请带身份证件' }), NOON);
  const card = renderComponent('components/batch-card/batch-card', { properties: { batch } });
  for (const words of [
    '示例学院',
    '2027 届毕业生图像采集',
    '还剩 49 天',
    '2022级高起本',
    '24:00',
    '请带身份证件',
  ]) {
    expect(card.text).toContain(words);
  }
  expect(card.has('.batch-chip-open')).toBe(true);
  card.close();
});

test('says when it is closed, in words as well as in colour', () => {
  const batch = batchView(aPublicBatch(), at('2027-03-05T00:00:00.000Z'));
  const card = renderComponent('components/batch-card/batch-card', { properties: { batch } });
  expect(card.text).toContain('已截止');
  expect(card.has('.batch-chip-closed')).toBe(true);
  card.close();
});
