/** The first page: what this is, for whom, until when, and where this person goes on. */
export const HOME_WORDS = {
  title: '毕业照采集',
  lead: '用手机拍标准的学历证书照片',
  leadAgain: '欢迎回来，从上次的地方继续',
  start: '开始采集',
  startRemark: '约 5 分钟 · 请先准备好图像采集码',
  mine: '我的学籍',
  another: '绑定另一份学籍',
  batches: '正在采集的批次',
  forWhom: '对象',
  until: '时间',
  stepsTitle: '怎么完成',
  noBatchTitle: '现在没有开放的采集批次',
  noBatchNext: '请等学校通知；已经收到通知的，请下拉刷新，或联系学校。',
  notYetTitle: '采集还没有开始',
  notYetNext: '开始时间写在上面，到时再来就可以；请先准备好图像采集码。',
  closedTitle: '采集已经截止',
  closedNext: '请尽快打电话，问能不能补拍。',
  lookUp: '在站点拍过？扫码看照片',
  look: '看看拍过的照片',
  asked: '老师请你调整：',
  lookAtReasons: '看老师写的原因',
  exhausted: '次数已用完',
  exhaustedNext: '拍照次数已经用完，请尽快打电话，问能不能再拍。',
  lastPictureNext: '看看做好的照片，满意就确认。拍照次数已经用完，想换一张请打电话问。',
  exhaustedButton: '看原因，打电话问',
  sending: '照片还没有传完',
  sendingButton: '继续上传',
  staleTitle: '没有连上网络',
  staleNext: '下面是上次看到的内容，连上后请下拉刷新。',
  help: '帮助与常见问题',
  data: '我的数据',
  guideline: '用户隐私保护指引',
  share: '转发给同学',
  illustration: '插图：一张蓝底的标准毕业照',
  loading: '正在打开',
  stepDone: '已完成',
  stepNow: '现在在这里',
} as const;

export interface StepWords {
  readonly title: string;
  readonly text: string;
}

/** The way in five steps; the pages of the mini program follow it. */
export const STEPS: readonly StepWords[] = [
  { title: '准备采集码', text: '学信档案 → 高等教育信息 → 学籍 → 查看图像采集码，长按保存' },
  { title: '扫码绑定', text: '扫码或选图，核对是不是你和你的学籍' },
  { title: '看要求，拍照', text: '穿深色有领上衣，面向窗户，最好请人帮忙' },
  { title: '看成品，确认', text: '系统检查并换好底色，满意再确认' },
  { title: '保存，等结果', text: '存到相册；送达后到学信网校对' },
];
