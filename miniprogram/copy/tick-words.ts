/** What only a person can confirm about the photo. One statement and its reason for each tick. */
import { Rgb } from '../shared/photo-standard/official-standard';
import { PersonTick } from '../shared/verdict/check-ids';
import { coloursNear } from './background-words';

export interface TickWords {
  readonly statement: string;
  readonly remark: string;
}

type Ticked = Pick<TickWords, 'statement'> & { readonly remark: string | ((background: Rgb) => string) };

export const TICK_WORDS: Record<PersonTick, Ticked> = {
  'no-headwear': { statement: '没有戴帽子、口罩、墨镜和头饰', remark: '头发扎好，露出眉毛和双耳' },
  'no-jewellery': { statement: '没有戴项链、耳环', remark: '先摘下来，放好' },
  'no-coloured-lenses': { statement: '没有戴美瞳', remark: '普通隐形眼镜可以' },
  'no-hood': {
    statement: '没有穿连帽衣、低领或吊带',
    remark: (background) => `深色有领上衣最好，不穿条纹、${coloursNear(background) ?? '和底色相近的颜色'}`,
  },
  'natural-make-up': { statement: '素颜或自然淡妆', remark: '出汗先用纸巾擦干' },
  'live-photo': { statement: '现在由本人现场拍', remark: '不翻拍旧照片，不用美颜和滤镜' },
};

/** One tick, with the colours of the batch's background. */
export function tickWords(tick: PersonTick, background: Rgb): TickWords {
  const { statement, remark } = TICK_WORDS[tick];
  return { statement, remark: typeof remark === 'string' ? remark : remark(background) };
}
