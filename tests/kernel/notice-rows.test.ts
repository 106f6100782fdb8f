/**
 * Every rule of the school's notice and of the photo standard is looked at by a check or confirmed by a person, with
 * words that say what to do; and every check and tick answers a rule.
 */
import { CHECK_WORDS } from '../../miniprogram/copy/check-words';
import { TICK_WORDS } from '../../miniprogram/copy/tick-words';
import {
  CHECK_IDS,
  type CheckId,
  PERSON_TICKS,
  type PersonTick,
} from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';

interface NoticeRow {
  readonly rule: string;
  readonly checks: readonly CheckId[];
  readonly ticks: readonly PersonTick[];
}

const row = (rule: string, checks: readonly CheckId[], ticks: readonly PersonTick[] = []): NoticeRow => ({
  rule,
  checks,
  ticks,
});

const NOTICE = [
  row('one person, head and shoulders in the picture', ['single-face', 'framing']),
  row('480×640 without enlarging', ['resolution']),
  row('hair top, eyes, face width, centred', ['framing']),
  row('face the window, never back to it', ['not-backlit']),
  row('no half-dark face', ['even-light']),
  row('not blurred', ['sharp']),
  row('eyes open, looking at the camera', ['eyes-open']),
  row('lips closed naturally, no teeth', ['mouth-closed']),
  row('upright: no side face, no lowered head, no leaning', ['head-yaw', 'head-pitch', 'head-roll']),
  row('shoulders level', ['shoulders-level']),
  row('no reflecting glasses', ['no-glare-on-glasses']),
  row('no shine from sweat', ['no-shine']),
  row('no filter, no colour cast', ['natural-colour'], ['live-photo']),
  row('no stripes', ['plain-clothes']),
  row('no light blue', ['clothes-not-background']),
  row('no strapless or very low tops', ['collar'], ['no-hood']),
  row('no hooded tops', [], ['no-hood']),
  row('brows and eyes not covered', ['brows-visible']),
  row('both ears visible', ['ears-visible']),
  row('a background that can be cut cleanly', ['wall']),
  row('no headwear', [], ['no-headwear']),
  row('no necklace, no earrings', [], ['no-jewellery']),
  row('no coloured lenses', [], ['no-coloured-lenses']),
  row('no make-up', [], ['natural-make-up']),
  row('taken live, by the person, now', [], ['live-photo']),
];

test.each(NOTICE)('$rule: looked at or confirmed, with words', ({ checks, ticks }) => {
  expect(checks.length + ticks.length).toBeGreaterThan(0);
  for (const check of checks) {
    expect(CHECK_WORDS[check].remedy).toMatch(/。$/);
    expect(Object.keys(CHECK_RULES[check].measures)).not.toHaveLength(0);
  }
  for (const tick of ticks) expect(TICK_WORDS[tick].statement).not.toBe('');
});

test('no check and no tick without a rule that asks for it', () => {
  expect(new Set(NOTICE.flatMap(({ checks }) => checks))).toEqual(new Set(CHECK_IDS));
  expect(new Set(NOTICE.flatMap(({ ticks }) => ticks))).toEqual(new Set(PERSON_TICKS));
});

test('every row of a verdict names the measures that its rule declares', () => {
  for (const id of CHECK_IDS) {
    expect(Object.keys(CHECK_WORDS[id].measures).sort()).toEqual(
      Object.keys(CHECK_RULES[id].measures).sort(),
    );
  }
});
