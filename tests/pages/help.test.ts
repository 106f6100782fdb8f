import { toView, toggledQuestion } from '../../miniprogram/pages/help/to-view';
import { type PageInTest, openPage } from './support/open-page';

describe('the help page', () => {
  let page: PageInTest | undefined;
  afterEach(() => page?.close());

  it('opens and closes one question without the others', () => {
    expect(toggledQuestion(['where'], 'camera')).toEqual(['where', 'camera']);
    expect(toggledQuestion(['where', 'camera'], 'where')).toEqual(['camera']);
  });

  it('answers what people ask about: code, screenshot, two 学籍, camera, album, station, body, deadline', () => {
    const { sections } = toView({ open: [], telephone: '', failure: null });
    const questions = sections
      .flatMap((section) => section.questions)
      .map(({ question }) => question)
      .join('');
    for (const word of [
      '采集码在哪里',
      '读不出来',
      '两份学籍',
      '相机',
      '相册',
      '站点',
      '身体原因',
      '错过截止',
    ]) {
      expect(questions).toContain(word);
    }
  });

  it('offers the telephone only where a number is known', async () => {
    page = await openPage('help');
    expect(page.data['callText']).toBe('');
    await page.fire('onQuestion', { dataset: { id: 'camera' } });
    const sections = page.data['sections'] as { questions: { id: string; open: boolean }[] }[];
    const open = sections.flatMap(({ questions }) => questions).filter((question) => question.open);
    expect(open.map(({ id }) => id)).toEqual(['camera']);
  });
});
