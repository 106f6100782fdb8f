import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderComponent, TREES } from './support/render-component';

const PATH = 'components/id-tail-field/id-tail-field';
const template = readFileSync(join(TREES.miniprogram, `${PATH}.wxml`), 'utf8');

test('changes to the keyboard with every letter and back', async () => {
  const field = renderComponent(PATH, { properties: { label: '证件号码的最后四位' } });
  const typed = () => (field.data['letters'] === true ? 'text' : 'idcard');
  expect(template).toContain(`type="{{letters ? 'text' : 'idcard'}}"`);
  expect([typed(), field.text]).toEqual(['idcard', expect.stringContaining('后四位里有其他字母？')]);
  await field.fire('.id-tail-keyboard');
  expect([typed(), field.text]).toEqual(['text', expect.stringContaining('换回数字键盘')]);
  await field.fire('.id-tail-keyboard');
  expect(typed()).toBe('idcard');
  field.close();
});

test('hands on what was typed as it was, and says when that is done', async () => {
  const field = renderComponent(PATH, { events: ['change', 'done'] });
  await field.fire('.id-tail', 'input', { value: '456(7)' });
  await field.fire('.id-tail', 'confirm');
  expect(field.emitted).toEqual([
    { name: 'change', detail: { value: '456(7)' } },
    { name: 'done', detail: undefined },
  ]);
  field.close();
});

test('leaves room for a whole ID number, or a paste would be cut at its wrong end', () => {
  expect(template).toContain('maxlength="24"');
});

test('is held while something is under way', () => {
  const field = renderComponent(PATH, { properties: { held: true } });
  expect(field.has('.held')).toBe(true);
  expect(template).toContain('disabled="{{held}}"');
  field.close();
});
