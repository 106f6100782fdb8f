/** What to do next, for the checks whose failure can have several causes. One sentence for each remedy. */
import { NotAssessedReason, Remedy } from '../shared/verdict/verdict';

export const REMEDY_WORDS: Record<Remedy, string> = {
  'nobody-seen': '照片里没有找到脸。请让脸正对镜头、光线从前面照来，再拍一张。',
  'several-people': '照片里不止一个人。请让旁边的人走出画面，墙上的人像也要避开，再拍一张。',
  'head-cut-off': '头顶没拍全。请把手机抬高一点，头顶上方留出空，再拍一张。',
  'step-back': '离得太近了。请拿手机的人后退一步，让头肩都进入虚线框，再拍一张。',
  'come-closer': '离得有点远。请走近一步，让头部填满虚线框，再拍一张。',
  'show-shoulders': '肩膀和上身没拍全。请把手机放低一点或后退一步，拍到胸口，再拍一张。',
  'move-to-middle': '人偏到一边了。请站到画面中间，左右肩都露出来，再拍一张。',
  'hair-too-high': '头发梳得太高，超出了标准。请把头发压低或扎到脑后，再拍一张。',
  'turn-to-window': '光从背后来，脸太暗。请转身面向窗户，再拍一张。',
  'too-dark': '光线太暗。请开灯，或走到窗边、面向窗户，再拍一张。',
  'too-bright': '脸上的光太强。请离灯远一点，避开直射的阳光，再拍一张。',
  'close-lips': '嘴唇张开了。请自然闭上嘴唇，再拍一张。',
  'hide-teeth': '露出了牙齿，或者嘴被口罩、手挡住了。请露出嘴、闭上嘴唇，可以微微笑，再拍一张。',
  'hold-still': '照片有点糊。请擦一下镜头，关掉美颜和滤镜，双手拿稳手机，按下后停一秒再放下。',
  'edge-unsure':
    '头发或衣服的边缘和背景不容易分开。请换到一面和头发、衣服颜色不同的空墙前，离墙一步远，效果会更好。',
  'clothes-like-wall': '衣服和墙的颜色太接近，肩膀没有抠完整。请换一件颜色不同的上衣，或换一面墙，再拍一张。',
};

export const NOT_ASSESSED_WORDS: Record<NotAssessedReason, string> = {
  'no-face': '没有找到脸，这一项没法检查',
  'part-outside-picture': '有一部分没拍进画面，这一项没法检查',
  'light-too-low': '光线太暗，这一项没法检查',
  'nothing-to-measure': '这一项在这张照片上没法检查，提交审核的照片，老师会再看',
};
