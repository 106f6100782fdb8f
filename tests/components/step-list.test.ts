import { renderComponent } from './support/render-component';

test('says in words which step is done and which is now', () => {
  const steps = [
    { title: '扫码绑定', text: '核对学籍', state: 'done', stateText: '已完成' },
    { title: '拍照', text: '面向窗户', state: 'now', stateText: '现在在这里' },
    { title: '确认', text: '看成品', state: 'later', stateText: '' },
  ];
  const list = renderComponent('components/step-list/step-list', { properties: { steps } });
  expect(list.text).toContain('扫码绑定已完成');
  expect(list.text).toContain('拍照现在在这里');
  expect(list.has('.step-done')).toBe(true);
  expect(list.has('.step-now')).toBe(true);
  list.close();
});
