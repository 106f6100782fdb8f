/** The staff's first page: who one is, and the ways from there. */
import { StoredPeople } from '../shared/contract/operator/access';
import { MemberRole } from '../shared/roles/membership';
import { Words } from './words';

export const ROLE_WORDS: Record<MemberRole, string> = {
  operator: '采集单位管理员',
  school: '学校（学籍科）',
  station: '函授站、教学点老师',
};

/** What somebody goes by among colleagues: what the inviter wrote, or the role of the first one, whom nobody invited. */
export function memberName(member: {
  readonly label: string;
  readonly membership: { readonly role: MemberRole };
}): string {
  return member.label === '' ? ROLE_WORDS[member.membership.role] : member.label;
}

export const ENTER_WORDS = {
  title: '工作台',
  guestTitle: '老师和工作人员从这里进',
  guestText: '请输入邀请人发给你的邀请码。学生不用邀请码，返回首页就可以拍照。',
  code: '邀请码',
  codePlaceholder: '如 7K2M-9QXB-…',
  codeRemark: '不分大小写，可以不打横线。每个邀请码只能用一次。',
  needCode: '请先输入邀请码',
  accept: '使用邀请码',
  accepting: '正在核对…',
  loading: '正在打开…',
  school: '学校',
  stations: '负责的站点',
  role: '身份',
  allSchools: '全部学校',
  batches: '批次与进度',
  station: '站点代拍：一台手机，逐个拍',
  members: '成员与邀请',
  upkeep: '保存期限与操作记录',
  home: '返回学生首页',
  leave: '退出这个身份',
  askTitle: '退出工作人员身份？',
  askText: '退出后看不到学生的照片和进度；你发出而没有用过的邀请码也一起收回。要再进来，需要新的邀请码。',
  askYes: '退出',
  askNo: '不退出',
} as const;

/** What the number of stored people means for the operator; null: nothing to do. */
export const STORED_PEOPLE_WORDS: Record<StoredPeople['warning'], Words | null> = {
  none: null,
  'filing-soon': {
    title: '保存的人数接近 10 万',
    next: '请清理用途已经结束的批次；达到 10 万人，须在 30 个工作日内向省级网信部门备案。',
  },
  'filing-due': {
    title: '保存的人数已达到 10 万',
    next: '请在 30 个工作日内向省级网信部门备案，并清理用途已经结束的批次。',
  },
};

export const storedPeopleCount = (count: number): string => `现在保存着 ${count} 人的信息`;
