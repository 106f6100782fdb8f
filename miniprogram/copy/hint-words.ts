/** One short line for each live hint; the person who holds the phone reads it at arm's length. */
import { LiveHint } from '../shared/framing/live-hint';

export const HINT_WORDS: Record<LiveHint, string> = {
  'too-dark': '光线太暗，开灯或走到窗边',
  'against-light': '背着光了，转身面向窗户',
  'uneven-light': '脸一边亮一边暗，正对光',
  'hold-still': '手机拿稳，别晃',
  'no-face': '让脸进入虚线框',
  'several-people': '只拍一个人，旁边的人请让开',
  'come-closer': '再走近一点',
  'step-back': '再退后一点',
  'move-to-middle': '站到虚线框中间',
  ready: '可以拍了，看镜头',
};
