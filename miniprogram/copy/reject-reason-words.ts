/** Why a reviewer asked for another photo, and what to change. One for each reason. */
import { RejectReason } from '../shared/contract/submission-view';
import { Words } from './words';

export const REJECT_REASON_WORDS: Record<RejectReason, Words> = {
  'not-the-person': {
    title: '照片和学籍不像同一个人',
    next: '请由学籍本人来拍。如果拍的就是你，请打电话说明。',
  },
  'background-edge': {
    title: '头发或衣服边缘没抠干净',
    next: '请站到一面空的浅色墙前，离墙一步远，头发扎好再拍。',
  },
  light: { title: '光线不合适', next: '请面向窗户，让左右脸一样亮再拍。' },
  blurred: { title: '照片不够清楚', next: '请擦一下镜头，双手拿稳，按下后停一秒。' },
  expression: { title: '表情不合适', next: '请自然睁眼、闭上嘴唇，看着镜头。' },
  pose: { title: '姿势不端正', next: '请坐直，头摆正，双肩放平，正对镜头，身前不要有桌子和别的东西。' },
  clothes: { title: '衣服不合适', next: '请换一件深色、有领的素色上衣，不穿和底色相近的颜色、条纹、吊带。' },
  'hair-covers-face': { title: '头发挡住了脸', next: '请用发夹固定刘海，露出眉毛和双耳。' },
  glasses: { title: '眼镜有问题', next: '请换个角度避开反光，或摘下眼镜再拍。' },
  'jewellery-or-headwear': { title: '戴了首饰或头饰', next: '请摘下耳环、项链、发箍再拍。' },
  'edited-or-re-photographed': {
    title: '像是翻拍或用了美颜',
    next: '请用本小程序现场拍，关掉手机自带的美颜。',
  },
  other: { title: '其他原因', next: '请看老师的留言，照着调整再拍。不清楚可以打电话问。' },
};
