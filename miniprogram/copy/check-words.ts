/**
 * Each check of the photo in plain words: its name, what is wanted, and what to do when it fails. A check without
 * words does not compile; the tests compare the measures' names with the rules.
 */
import { CheckId } from '../shared/verdict/check-ids';

export interface CheckWords {
  /** A few characters, for the head of a row. */
  readonly name: string;
  /** What the rule wants, said when it is met. */
  readonly good: string;
  /** What to do next, where the verdict names no closer remedy. */
  readonly remedy: string;
  /** What was measured, by the rule's own names. */
  readonly measures: Readonly<Record<string, string>>;
}

export const CHECK_WORDS: Record<CheckId, CheckWords> = {
  'single-face': {
    name: '画面里的人',
    good: '画面里只有你一个人',
    remedy: '请让画面里只有你一个人，头顶和双肩都露出来，再拍一张。',
    measures: { people: '画面里的人数' },
  },
  resolution: {
    name: '人像大小',
    good: '人像够大，不用放大',
    remedy: '离得有点远。请走近一步，让头部填满虚线框，再拍一张。',
    measures: { scale: '需要放大的倍数' },
  },
  framing: {
    name: '头肩位置',
    good: '头顶、眼睛和双肩的位置合适',
    remedy: '请让头部落在虚线框里，双肩和上身都进入画面，再拍一张。',
    measures: { missing: '与标准位置相差' },
  },
  'head-yaw': {
    name: '左右转头',
    good: '脸正对镜头',
    remedy: '脸有点侧。请把鼻尖正对镜头，再拍一张。',
    measures: { yaw: '向一侧转了' },
  },
  'head-pitch': {
    name: '抬头低头',
    good: '头没有仰起或低下',
    remedy: '请平视镜头，下巴自然放平；请对方把手机举到和你眼睛一样高。',
    measures: { pitch: '抬头或低头' },
  },
  'head-roll': {
    name: '歪头',
    good: '头摆正了',
    remedy: '头有点歪。请坐直，让两只眼睛在一条水平线上；手机也要竖直拿。照片按规定不能旋转，只能重拍。',
    measures: { roll: '头偏斜' },
  },
  'shoulders-level': {
    name: '双肩',
    good: '双肩放平',
    remedy: '请坐正，双肩放松放平，再拍一张会更好。',
    measures: { slope: '双肩倾斜' },
  },
  'not-backlit': {
    name: '光的方向',
    good: '光从前面照在脸上',
    remedy: '光从背后来，脸太暗。请转身面向窗户，再拍一张。',
    measures: { eyeWhites: '眼白与标准亮度相差', bright: '脸上过亮的部分', brightest: '画面最亮处' },
  },
  'even-light': {
    name: '左右明暗',
    good: '左右脸一样亮',
    remedy: '左右脸明暗不一。请正对窗户或灯光，再拍一张。',
    measures: { cheeks: '左右脸相差' },
  },
  sharp: {
    name: '清晰度',
    good: '照片清楚',
    remedy: '照片有点糊。请擦一下镜头，关掉美颜和滤镜，双手拿稳手机，再拍一张。',
    measures: { detail: '面部细节' },
  },
  'natural-colour': {
    name: '肤色',
    good: '肤色自然',
    remedy: '肤色有点偏。请关闭美颜和滤镜，换到白光或窗边，再拍一张。',
    measures: { distance: '与自然肤色相差' },
  },
  'no-shine': {
    name: '反光',
    good: '脸上没有反光',
    remedy: '脸上有反光。请用纸巾轻轻擦一擦汗，再拍一张。',
    measures: { share: '脸上反光的部分' },
  },
  'eyes-open': {
    name: '眼睛',
    good: '眼睛自然睁开',
    remedy: '请自然睁眼、看着镜头；容易眨眼，就在按快门前先眨一下。',
    measures: { gap: '眼睛睁开的高度（占眼到下巴）' },
  },
  'no-glare-on-glasses': {
    name: '眼镜反光',
    good: '镜片没有反光',
    remedy: '眼镜反光挡住了眼睛。请稍微低一点手机或换个角度，也可以摘下眼镜再拍。',
    measures: { iris: '瞳孔被反光挡住的部分', lens: '镜片上的反光（占两眼间距的平方）' },
  },
  'mouth-closed': {
    name: '嘴唇',
    good: '嘴唇自然闭合',
    remedy: '请自然闭上嘴唇，不露牙齿，可以微微笑。',
    measures: { gap: '嘴唇张开（占两眼间距）', teeth: '露出牙齿（占两眼间距的平方）' },
  },
  'brows-visible': {
    name: '眉毛',
    good: '眉毛和眼睛没有被挡住',
    remedy: '眉毛或眼睛被挡住了。刘海请用发夹固定到一边，墨镜、口罩请摘下，再拍一张。',
    measures: {
      brows: '眉毛上方被挡住的部分',
      browContrast: '眉毛看得清的程度',
      eyes: '眼皮被挡住的部分',
      eyeContrast: '眼睛看得清的程度',
    },
  },
  'ears-visible': {
    name: '耳朵',
    good: '双耳露出来了',
    remedy: '请把头发别到耳后，露出双耳，再拍一张会更好。',
    measures: { skin: '耳朵露出的部分' },
  },
  'plain-clothes': {
    name: '衣服图案',
    good: '衣服是纯色的',
    remedy: '衣服有条纹或格子。请换一件纯色上衣，再拍一张。',
    measures: { pattern: '条纹的明显程度' },
  },
  'clothes-not-background': {
    name: '衣服颜色',
    good: '衣服颜色和背景分得开',
    remedy: '衣服颜色和照片背景太接近。请换一件深色或其他颜色的上衣，再拍一张。',
    measures: { difference: '与背景颜色相差' },
  },
  collar: {
    name: '衣领',
    good: '衣领合适',
    remedy: '领口有点低。请换一件有领或圆领的上衣，再拍一张。',
    measures: { skin: '胸前露出的部分' },
  },
  wall: {
    name: '背景墙',
    good: '背景干净，容易换成标准底色',
    remedy: '背景有点杂。换到一面空的浅色墙前，离墙一步远，效果会更好。',
    measures: { texture: '背景杂乱程度', certainty: '抠图边缘有把握的程度', body: '照片底边露出身体的宽度' },
  },
};
