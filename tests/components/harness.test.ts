/** The harness itself: TypeScript, WXS, slots, properties, events, and a component of TDesign. */
import { renderComponent } from './support/render-component';

test('an own component in TypeScript draws its properties, through WXS, and emits events', async () => {
  const greeting = renderComponent('components/greeting/greeting', {
    tree: 'fixture',
    properties: { name: '同学' },
    events: ['greet'],
    globalComponents: { 'x-badge': '/components/badge/badge' },
  });
  expect(greeting.text).toBe('同学！问好 0');
  await greeting.fire('.greet');
  await greeting.fire('.greet');
  expect(greeting.text).toBe('同学！问好 2');
  expect(greeting.emitted).toEqual([
    { name: 'greet', detail: { count: 1 } },
    { name: 'greet', detail: { count: 2 } },
  ]);
  await greeting.set({ name: '老师' });
  expect(greeting.text).toBe('老师！问好 2');
  greeting.close();
});

test('a component of TDesign draws and answers', async () => {
  const button = renderComponent('button/button', {
    tree: 'tdesign',
    properties: { content: '下一步', theme: 'primary', block: true },
    events: ['tap'],
  });
  expect(button.text).toBe('下一步');
  expect(button.data['className']).toContain('t-button--primary');
  await button.set({ disabled: true });
  expect(button.data['className']).toContain('t-button--disabled');
  button.close();
});

test('an element that is not there is named', async () => {
  const greeting = renderComponent('components/greeting/greeting', { tree: 'fixture' });
  await expect(greeting.fire('.nothing')).rejects.toThrow('no element ".nothing"');
  greeting.close();
});
