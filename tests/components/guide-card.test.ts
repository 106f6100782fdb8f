import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guideCards } from '../../miniprogram/copy/guide-words';
import { DEFAULT_PHOTO_SETTINGS } from '../../miniprogram/shared/photo-standard/photo-standard';
import { renderComponent } from './support/render-component';

const CARDS = (['allowed', 'forbidden'] as const).flatMap((glasses) =>
  guideCards({ ...DEFAULT_PHOTO_SETTINGS, glasses }),
);

test.each(CARDS.map((card) => [card.title, card] as const))(
  '%s: right and wrong, each with a caption',
  (_title, card) => {
    const rendered = renderComponent('components/guide-card/guide-card', { properties: { card } });
    for (const { caption } of card.pictures) expect(rendered.text).toContain(caption);
    for (const line of card.lines) expect(rendered.text).toContain(line);
    rendered.close();
  },
);

test('every drawing is there', () => {
  const sources = CARDS.flatMap((card) => card.pictures.map(({ source }) => source));
  for (const source of sources) expect(existsSync(join(__dirname, '../../miniprogram', source))).toBe(true);
});
