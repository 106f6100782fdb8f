/**
 * How far a batch is, who is missing, and what to forward to them. Without a list only those who bound a code are
 * known, so nothing here says of such a batch that everybody is done.
 */
import { ProgressCounts } from '../shared/progress/progress-counts';

const NO_LIST = '没有名单，不知道还有谁没来';

export const PROGRESS_WORDS = {
  loading: '正在统计…',
  figures: (confirmed: number, total: number): string => `${confirmed} / ${total}`,
  left: ({ listed, missing }: Pick<ProgressCounts, 'listed' | 'missing'>): string => {
    if (missing > 0) return `还缺 ${missing} 人`;
    return listed === null ? '绑定的都完成了' : '全部完成';
  },
  legend: [
    { kind: 'accepted', text: '已通过' },
    { kind: 'confirmed', text: '审核中' },
    { kind: 'working', text: '已开始' },
    { kind: 'waiting', text: '没开始' },
  ],
  everybody: '全部学生',
  headline: ({ listed, missing }: Pick<ProgressCounts, 'listed' | 'missing'>): string => {
    if (listed === null) return missing === 0 ? '绑定的都完成了' : `绑定的还有 ${missing} 人没完成`;
    return missing === 0 ? '全部完成了' : `还有 ${missing} 人没完成`;
  },
  headlineText: ({ listed, confirmed, missing }: ProgressCounts): string =>
    listed === null
      ? `绑定的 ${confirmed + missing} 人里，${confirmed} 人已确认照片。${NO_LIST}。`
      : `${confirmed + missing} 人里，${confirmed} 人已确认照片`,
  noList: NO_LIST,
  /** Where nobody is counted: who asks sees only the own stations, and the list may name other ones. */
  noStudents: (hasList: boolean): string => (hasList ? '名单里没有你负责的站点的学生' : '还没有学生绑定'),
  stations: '各函授站',
  classes: '各班级',
  withoutStation: '没有站点的学生',
  withoutClass: '未分班',
  bound: '已绑定',
  shot: '已拍照',
  confirmed: '已确认',
  accepted: '已通过',
  rejected: '被驳回',
  missingCount: (listed: number | null): string => (listed === null ? '没完成' : '还缺'),
  listed: '名单人数',
  unlisted: (count: number): string => `另有 ${count} 人不在名单里也绑定了，没有算进来。`,
  countedAt: (at: string): string => `${at} 统计，下拉刷新`,
  backToStations: '看全部站点',
  who: '还没完成的人',
  whoOf: (name: string): string => `${name}：还没完成的人`,
  showWho: '看看是谁',
  hideWho: '收起',
  more: '再看 100 人',
  nobody: (hasList: boolean): string => (hasList ? '没有还没完成的人。' : `绑定的都完成了。${NO_LIST}。`),
  reminder: '催办文字',
  reminderText: '复制后发到班级群或函授站群。只有人数和做法，没有姓名。',
  copy: '复制催办文字',
  copyNames: '复制这些人的学号',
  copied: '已复制，去群里粘贴',
  message: '给同意过的人发微信提醒',
  sent: (sent: number, notAllowed: number, failed: number): string =>
    `已发出 ${sent} 条${notAllowed > 0 ? `；${notAllowed} 人没有同意接收，请用催办文字` : ''}${failed > 0 ? `；${failed} 条没有送到` : ''}。`,
} as const;
