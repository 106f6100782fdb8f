/** How many people are stored, what is deleted when, and who did what. */
import { memberName } from './operator-enter-words';
import { RetentionKind, RetentionReport } from '../shared/contract/housekeeping';
import { AuditEntry, MemberView } from '../shared/contract/operator/access';

export const UPKEEP_WORDS = {
  loading: '正在打开…',
  people: '保存着多少人的信息（含还没拍照的）',
  countedAt: (at: string): string => `${at} 统计`,
  noWarning: '不到 9 万人，不用备案。',
  retention: '到期清理',
  retentionText: '每天夜里自动清理到期的数据，不用守着。可以先看看今晚会删什么。',
  report: '看看今晚会删什么',
  reporting: '正在统计…',
  nothing: '今晚没有要删的。',
  line: (documents: number, files: number): string => `${documents} 条记录，${files} 个文件`,
  dry: '下面是预告，还没有删：',
  done: '刚才删了：',
  run: '现在就清理',
  running: '正在清理…',
  askTitle: '现在清理到期的数据？',
  askText: '删掉的照片和记录找不回来。没有到期的不会动。',
  askYes: '清理',
  askNo: '先不',
  audit: '操作记录',
  auditText: '谁在什么时候做了什么。现在的成员写备注名，其他人写代号，同一个人代号相同。',
  showAudit: '看操作记录',
  me: '我',
  code: (actor: string): string => `代号 ${actor}`,
  student: (actor: string): string => `学生 ${actor}`,
  dueDate: '到期自动',
  more: '看更早的',
} as const;

const LEFT_WORDS = {
  preview: {
    incomplete: '到期的太多，没有数完：要删的比这里写的多，夜里照样会删。',
    failed: '有的没有数到，这里没有写，夜里照样会删；过两天还这样，请让技术人员看云函数日志。',
  },
  run: {
    incomplete: '还没有删完，会接着删。',
    failed: '有的没有删掉，别的不受影响。每天夜里会再试；过两天还这样，请让技术人员看云函数日志。',
  },
} as const;

/**
 * Why something that is due is still there, or is not in a preview; empty: nothing is. What could not be deleted does not
 * go by waiting, so it is said first.
 */
export function leftWords({ dryRun, complete, failed = 0 }: RetentionReport): string {
  if (complete) return '';
  return LEFT_WORDS[dryRun ? 'preview' : 'run'][failed > 0 ? 'failed' : 'incomplete'];
}

export const RETENTION_KIND_WORDS: Record<RetentionKind, string> = {
  everything: '期满的批次：全部数据',
  unfinished: '截止后没有确认的照片',
  originals: '已通过照片的原图',
  packages: '打包文件',
  'crashed-photos': '没有做完的照片文件',
  'unused-uploads': '传了没有用的文件',
  'roster-leftovers': '旧名单和检查结果',
  forgotten: '过期的临时记录',
};

/** Deeds as the audit names them; one that is not listed is shown by its own name. */
export const AUDIT_WORDS: Readonly<Record<string, string>> = {
  'consent.give': '学生同意了使用说明',
  'consent.withdraw': '学生收回了同意',
  'code.lock': '采集码输错次数过多，暂时锁定',
  'submission.bind': '绑定采集码',
  'submission.photo-blocked': '拍照，需要重拍',
  'submission.photo-developed': '拍照，成品做好',
  'submission.confirm': '确认照片',
  'submission.withdraw': '撤回照片',
  'submission.restart': '重新开始',
  'submission.delete': '删除数据',
  'submission.accept': '审核通过',
  'submission.reject': '审核驳回',
  'submission.undo-review': '撤销审核',
  'submission.return': '退回重拍',
  'submission.undo-return': '撤销退回',
  'submission.override-checks': '放宽检查',
  'submission.claim': '学生认领站点代拍',
  'submission.expire': '到期删除',
  'binding.release': '解除绑定',
  'member.join': '加入',
  'member.leave': '退出',
  'member.remove': '移除成员',
  'invitation.create': '发出邀请',
  'invitation.revoke': '收回邀请',
  'school.save': '保存学校',
  'station.save': '保存站点',
  'batch.create': '新建批次',
  'batch.update': '修改批次',
  'batch.change-deadline': '改截止时间',
  'batch.expire': '批次期满删除',
  'roster.apply': '导入名单',
  'reminders.send': '发提醒',
  'seat.take': '站点代拍：入座',
  'seat.leave': '站点代拍：离座',
  'export.start': '开始打包',
  'export.finish': '打包完成',
  'export.cancel': '停止打包，删除文件',
  'export.deliver': '整包标为已送达',
  'retention.run': '到期清理',
  'retention.fail': '到期清理：有的没有删掉',
};

/** Deeds that only students do: whoever did one is called a student also where the same account deletes its data. */
const DEEDS_OF_STUDENTS: readonly string[] = [
  'consent.give',
  'consent.withdraw',
  'submission.bind',
  'submission.photo-blocked',
  'submission.photo-developed',
  'submission.confirm',
  'submission.withdraw',
  'submission.restart',
  'submission.claim',
];

/** Enough of a pseudonym to tell people apart by eye. */
const ACTOR_CHARACTERS = 6;

/**
 * Who did each of these deeds: a present member by name; a student, a former member, and for a school also the 采集单位,
 * by the beginning of the pseudonym.
 */
export function doersOf(
  entries: readonly AuditEntry[],
  members: readonly MemberView[],
): (entry: AuditEntry) => string {
  const names = new Map(members.map((member) => [member.actor, memberName(member)]));
  const ofStudents = entries.filter(({ action }) => DEEDS_OF_STUDENTS.includes(action));
  const students = new Set(ofStudents.map(({ actor }) => actor));
  return ({ actor, isMe, action }) => {
    if (isMe) return UPKEEP_WORDS.me;
    const name = names.get(actor);
    if (name !== undefined) return name;
    if (/^retention\.|\.expire$/.test(action)) return UPKEEP_WORDS.dueDate;
    const code = actor.slice(0, ACTOR_CHARACTERS);
    return students.has(actor) ? UPKEEP_WORDS.student(code) : UPKEEP_WORDS.code(code);
  };
}
