/** Packages of finished photos: what goes in, what the files are called, how far the packing is, and checking it. */
import { ExportJob, LeftOut, LeftOutReason, NameProblem } from '../shared/contract/exporter';

export const EXPORT_WORDS = {
  loading: '正在打开…',
  what: '打包哪些照片',
  new: '还没打包过的照片',
  newRemark: '每次只交新通过的，不会重复',
  all: '全部已通过的照片',
  allRemark: '包括以前打包过的',
  station: '哪个站点',
  wholeBatch: '整个批次',
  fileName: '文件名',
  folder: '文件夹',
  byNumber: '学号，如 202199990001.jpg',
  bySequence: '序号_学号，如 0001_202199990001.jpg',
  bySequenceRemark: '每一包的序号都从头排：重拍的照片在下一包里换了序号，不会盖掉旧的那张',
  own: '自己写',
  ownFileName: '文件名写法',
  ownFolder: '文件夹写法',
  ownRemark:
    '可以用 {学号}、{序号}、{班级}、{函授站}。不写 .jpg。{学号} 不能少，除非打包整个批次全部已通过的照片。',
  noFolder: '不分文件夹',
  byStation: '按站点分',
  byStationAndClass: '按站点、班级分',
  check: '先检查，看看有多少张',
  checking: '正在检查…',
  found: (photos: number, volumes: number): string =>
    volumes > 1 ? `共 ${photos} 张，分成 ${volumes} 个压缩包` : `共 ${photos} 张`,
  none: '没有可以打包的照片',
  noneNext: '请先审核照片；打包过的照片，可以改选“全部已通过的照片”。',
  examples: '文件会叫这样的名字',
  problems: (count: number): string => `${count} 张照片的文件名不能用`,
  problemsNext: '请换一种命名方式，再检查一遍。什么都还没有写。',
  willBeLeftOut: (count: number): string => `${count} 张不会放进这一包`,
  leftOut: (count: number): string => `${count} 张没有放进这一包`,
  leftOutNext: '其他照片照常打包。',
  start: '开始打包',
  startedBefore: '没有打新的包：刚才这一包已经开始过',
  startedBeforeNext: '它在下面排在最前面。之后又通过的照片不在里面；要打包它们，请再检查一遍，然后开始打包。',
  packing: (packed: number, photos: number): string => `正在打包：${packed} / ${photos}`,
  closing: (handedOver: number, photos: number): string => `正在收尾：${handedOver} / ${photos}`,
  packingText: '可以离开这一页，回来接着打；不会漏，也不会重复。',
  progressLabel: '打包进度',
  proceed: '接着打包',
  jobs: '打过的包',
  noJobs: '还没有打过包。',
  older: '再看更早的包',
  jobTitle: (photos: number, at: string): string => `${photos} 张 · ${at}`,
  expires: (at: string): string => `文件保存到 ${at}，之后可以重新打包`,
  delivered: (at: string): string => `${at} 已送达`,
  delivering: (delivered: number, photos: number): string =>
    `已标好 ${delivered} / ${photos} 张。如果中断了，请再点一次“已交给学校或学信网”，会接着标`,
  open: '取下载链接',
  copyLink: '复制下载链接',
  copied: '已复制。请在电脑浏览器里打开，链接只在短时间内有效。',
  fileLine: (size: string): string => `大小 ${size}`,
  digest: (sha256: string): string => `校验值 ${sha256.slice(0, 16)}…`,
  verifyTitle: '怎么核对',
  verify: [
    '把全部文件（压缩包、manifest.csv、manifest.json）下载到电脑的同一个文件夹。',
    '请会用命令行的同事运行操作说明里的“核对”命令，它会逐张比对并说出缺哪一张。',
    '没有电脑工具时，至少对一下张数：把这一包的压缩包全部解开，照片的张数应当等于打包张数。',
  ],
  markDelivered: '已交给学校或学信网',
  askDeliveredTitle: '这一包已经送达？',
  askDeliveredText: '学生会看到“已送达”，并去学信网校对。标了以后不能改回来。',
  askDeliveredYes: '已送达',
  askDeliveredNo: '还没有',
  cancel: '停止并删除文件',
  askCancelTitle: '停止打包，删除这一包的文件？',
  askCancelText: {
    underway: '照片本身不受影响，可以随时重新打包。',
    finished:
      '没有放在别的包里的照片，会重新算“还没打包过的照片”。已经交出去的，请先标为已送达，再删除文件。发出去的下载链接会失效。',
    delivered: '照片仍是“已送达”，不算新照片。发出去的下载链接会失效。',
  },
  askCancelYes: '删除文件',
  askCancelNo: '先不',
  spreadsheet: '下载整个批次的表格',
  spreadsheetText: '每个学生一行，给学校核对用（XLSX）。',
  spreadsheetReady: '表格好了，链接已复制。请在电脑浏览器里打开。',
} as const;

export const EXPORT_STATE_WORDS: Record<ExportJob['state'], string> = {
  packing: '正在打包',
  closing: '正在收尾',
  finished: '打好了',
  cancelled: '已停止',
  expired: '文件已过期',
};

export const NAME_PROBLEM_WORDS: Record<NameProblem, string> = {
  empty: '文件名是空的',
  'illegal-character': '有不能用的符号',
  reserved: '是系统保留的名字',
  'too-long': '太长了',
  'same-name': '和另一张同名',
};

interface LeftOutWords {
  readonly why: string;
  /** What becomes of them, or what to do; empty where nothing is left to be done. */
  readonly next: string;
}

const RETAKE = '请退回，让学生重拍。';
const LEFT_OUT_WORDS: Record<LeftOutReason, LeftOutWords> = {
  'consent-taken-back': { why: '学生收回了同意', next: '请联系学生：再次同意以后，下次打包就会有。' },
  returned: { why: '已经退回，或正在重新审核', next: '审核通过后放进下一包。' },
  replaced: { why: '学生换了新照片', next: '审核通过后放进下一包。' },
  deleted: { why: '照片或学籍已经删除', next: '' },
  'file-missing': { why: '照片文件找不到了', next: RETAKE },
  'file-damaged': { why: '照片文件已损坏', next: RETAKE },
};
const NUMBERS_SHOWN = 10;

/** One line for each reason, e.g. “照片文件已损坏，2 张：1、2。请退回，让学生重拍。” */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOut.map(({ reason, count, studentNumbers }) => {
    const { why, next } = LEFT_OUT_WORDS[reason];
    const shown = studentNumbers.slice(0, NUMBERS_SHOWN).join('、');
    const whose = shown === '' ? '' : `：${shown}${count > NUMBERS_SHOWN ? ' 等' : ''}`;
    return `${why}，${count} 张${whose}。${next}`;
  });
}

export function leftOutCount(leftOut: readonly LeftOut[]): number {
  return leftOut.reduce((sum, { count }) => sum + count, 0);
}

/** E.g. 18.2 MB. */
export function sizeWords(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
