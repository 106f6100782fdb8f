import { type ComparePicture } from '../../miniprogram/components/compare-view/compare-picture';
import { renderComponent } from './support/render-component';

const PATH = 'components/compare-view/compare-view';
const picture = (changes: Partial<ComparePicture> = {}): ComparePicture => ({
  url: 'https://x/original.jpg',
  caption: '原图',
  label: '你拍的原图',
  placeholder: '正在打开…',
  fit: 'contain',
  ...changes,
});
const previews: { urls: string[]; current: string }[] = [];

beforeAll(() => {
  (globalThis as unknown as { wx: object }).wx = {
    previewImage: ({ urls, current }: { urls: string[]; current: string }) =>
      previews.push({ urls, current }),
  };
});

test('names both pictures and enlarges the one that is tapped', async () => {
  const standard = picture({ url: 'https://x/standard.jpg', caption: '成品', fit: 'cover' });
  const view = renderComponent(PATH, { properties: { pictures: [picture(), standard] } });
  expect(view.text).toBe('原图成品');
  await view.fire('.compare-half');
  expect(previews).toEqual([
    { urls: ['https://x/original.jpg', 'https://x/standard.jpg'], current: 'https://x/original.jpg' },
  ]);
  view.close();
});

test('says that a picture is on its way, or that it did not come, and tells its owner', async () => {
  const view = renderComponent(PATH, {
    properties: { pictures: [picture({ url: '' })] },
    events: ['missing'],
  });
  expect(view.text).toContain('正在打开…');
  await view.set({ pictures: [picture()] });
  await view.fire('.compare-picture', 'error');
  expect(view.text).toContain('图片没有显示出来');
  expect(view.emitted).toContainEqual({ name: 'missing', detail: { index: 0 } });
  await view.set({ pictures: [picture({ url: 'https://x/fresh.jpg' })] });
  expect(view.text).not.toContain('图片没有显示出来');
  view.close();
});

test('another address is another element: none shows the picture before while the next one comes', async () => {
  const view = renderComponent(PATH, { properties: { pictures: [picture()] } });
  const before = view.element('.compare-picture');
  await view.set({ pictures: [picture({ label: '换了说明，还是这张' })] });
  expect(view.element('.compare-picture')).toBe(before);
  await view.set({ pictures: [picture({ url: 'https://x/next-student.jpg' })] });
  expect(view.element('.compare-picture')).not.toBe(before);
  view.close();
});

test('word of an address that was replaced meanwhile says nothing of the one in its place', async () => {
  const view = renderComponent(PATH, { properties: { pictures: [picture()] }, events: ['missing'] });
  const late = view.firing('.compare-picture');
  await view.set({ pictures: [picture({ url: 'https://x/next-student.jpg' })] });
  await late('error');
  expect(view.text).not.toContain('图片没有显示出来');
  expect(view.emitted).toEqual([]);
  view.close();
});

test('a tap tries a picture that did not come again, also where nobody has new addresses to give', async () => {
  const view = renderComponent(PATH, { properties: { pictures: [picture()] } });
  await view.fire('.compare-picture', 'error');
  expect(view.has('.compare-picture')).toBe(false);
  await view.fire('.compare-half');
  expect(view.has('.compare-picture')).toBe(true);
  expect(view.text).not.toContain('图片没有显示出来');
  view.close();
});

test('asks for new addresses once by itself, then only when the place is tapped', async () => {
  const view = renderComponent(PATH, { properties: { pictures: [picture()] }, events: ['missing'] });
  await view.fire('.compare-picture', 'error');
  await view.set({ pictures: [picture({ url: 'https://x/second.jpg' })] });
  await view.fire('.compare-picture', 'error');
  expect(view.emitted).toHaveLength(1);
  await view.fire('.compare-half');
  expect(view.emitted).toHaveLength(2);
  view.close();
});
