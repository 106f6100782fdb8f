/**
 * Names that more than one page shows. The page titles are repeated in each page's json, because WeChat's search
 * reads them there; a test keeps the two equal.
 */
export const APP_NAME = '毕业照采集';

export const PAGE_TITLES = {
  home: '毕业照图像采集',
  consent: '使用说明与同意',
  bind: '绑定图像采集码',
  guide: '拍照要求',
  shoot: '拍摄毕业照',
  review: '图像校准与确认',
  done: '我的毕业照',
  help: '图像采集帮助',
  data: '我的数据',
} as const;

export const SHARE_WORDS = {
  title: '毕业照采集：用手机拍学历证书照片',
  /** With the school's name where it is known: that is what people search for in their chats. */
  titleOf: (schoolName: string): string => `${schoolName}毕业照图像采集，用手机就能拍`,
  /** The first page's title, found by what people type into WeChat's search. */
  pageTitleOf: (schoolName: string): string => `${schoolName}毕业照图像采集`,
} as const;

/** The question when a newer mini program lies ready on the phone. */
export const UPDATE_WORDS = {
  title: '小程序有新版本',
  text: '现在更新只要几秒钟。你已经做好的、还没传完的都保存着，更新后接着用。',
  yes: '现在更新',
  no: '以后再说',
} as const;

export const COMMON_WORDS = {
  retry: '再试一次',
  openSettings: '打开设置',
  call: '打电话问',
  /** The number stays on one line: its hyphens become ones after which no line ends. */
  callNumber: (telephone: string): string => `打电话：${telephone.replace(/-/g, '\u2011')}`,
  reference: (short: string): string => `编号 ${short}`,
  loading: '正在打开…',
} as const;
