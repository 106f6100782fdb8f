/** The staff's own components on WeChat's older framework. */
import { chartRow } from '../../miniprogram/operator/components/progress-chart/chart-row';
import { noStates, progressCounts } from '../../miniprogram/shared/progress/progress-counts';
import { renderComponent } from './support/render-component';

const OWN = 'operator/components';

test('a text field says what is wrong instead of its remark, and tells what was typed', async () => {
  const field = renderComponent(`${OWN}/text-field/text-field`, {
    properties: { label: '名称', remark: '最多 60 个字' },
    events: ['change'],
  });
  expect(field.text).toContain('最多 60 个字');
  await field.set({ problem: '请写名称' });
  expect(field.text).toContain('请写名称');
  expect(field.text).not.toContain('最多 60 个字');
  await field.fire('.field-input', 'input', { value: '新名称' });
  expect(field.emitted).toEqual([{ name: 'change', detail: { value: '新名称' } }]);
  await field.set({ held: true });
  expect(field.has('.held')).toBe(true);
  field.close();
});

test('a choice group marks one way and tells the one that was tapped', async () => {
  const group = renderComponent(`${OWN}/choice-group/choice-group`, {
    properties: { label: '眼镜', choices: [{ id: 'allowed', text: '可以戴' }], value: 'forbidden' },
    events: ['change'],
  });
  expect(group.text).toContain('可以戴');
  expect(group.has('.choice-on')).toBe(false);
  await group.fire('.choice');
  expect(group.emitted).toEqual([{ name: 'change', detail: { value: 'allowed' } }]);
  await group.set({ value: 'allowed' });
  expect(group.has('.choice-on')).toBe(true);
  await group.set({ held: true });
  await group.fire('.choice');
  expect(group.emitted).toHaveLength(1);
  expect(group.has('.held')).toBe(true);
  group.close();
});

test('a chart row says the numbers in words and opens on a tap', async () => {
  const counts = progressCounts(30, { ...noStates(), confirmed: 12 });
  const chart = renderComponent(`${OWN}/progress-chart/progress-chart`, {
    properties: { rows: [chartRow('0', '阜阳函授站', counts)] },
    events: ['press'],
  });
  expect(chart.text).toContain('阜阳函授站');
  expect(chart.text).toContain('12 / 30');
  expect(chart.text).toContain('还缺 18 人');
  await chart.fire('.chart-row');
  expect(chart.emitted).toEqual([{ name: 'press', detail: { id: '0' } }]);
  chart.close();
});
