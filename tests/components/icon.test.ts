import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderComponent } from './support/render-component';

const SHEET = readFileSync(join(__dirname, '../../miniprogram/components/icon/icon.wxss'), 'utf8');

test('an icon is decoration: it says nothing to a screen reader and takes its name as class', async () => {
  const icon = renderComponent('components/icon/icon', { properties: { name: 'check', size: 'large' } });
  expect(icon.text).toBe('');
  expect(icon.has('.icon-check')).toBe(true);
  expect(icon.has('.icon-size-large')).toBe(true);
  await icon.set({ name: 'cross' });
  expect(icon.has('.icon-cross')).toBe(true);
  icon.close();
});

test('the sheet draws every icon from itself, none from the network', () => {
  const addresses = [...SHEET.matchAll(/url\((["'])(.+?)\1\)/g)].map((match) => match[2]!);
  expect(addresses.length).toBeGreaterThan(20);
  for (const address of addresses) {
    expect(address).toMatch(/^data:image\/svg\+xml,/);
    expect(decodeURIComponent(address)).toMatch(/<svg .*<\/svg>$/);
  }
});
