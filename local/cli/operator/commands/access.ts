/** Who works here: the first operator, invitations, members, schools, stations, the audit. */
import { facts, table } from '../output';
import { findBatch, stationNamed } from '../find-batch';
import { type Given, type OperatorCommand } from '../operator-command';
import { type StaffClient } from '../staff-client';
import { CLI_WORDS, SESSION_WORDS } from '../words';
import { UsageError } from '../../support/command';
import { useAdministrator } from '../../../demo/use-administrator';
import {
  type InvitationDocument,
  newInvitation,
} from '../../../../cloudfunctions/operator-access/invitation-document';
import { collection } from '../../../../cloudfunctions/platform/database';
import { memberName } from '../../../../miniprogram/copy/operator-enter-words';
import { INVITATION_STATE_WORDS, MEMBERS_WORDS } from '../../../../miniprogram/copy/operator-members-words';
import { AUDIT_WORDS, doersOf } from '../../../../miniprogram/copy/operator-upkeep-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import {
  type AccessContract,
  type InvitationView,
  type Me,
} from '../../../../miniprogram/shared/contract/operator/access';
import {
  type Instant,
  type InvitationId,
  type MemberId,
  type StationId,
} from '../../../../miniprogram/shared/identity/ids';
import { type MemberRole, type Membership } from '../../../../miniprogram/shared/roles/membership';

const ROLE_WORDS: Readonly<Record<MemberRole, string>> = {
  operator: '采集单位',
  school: '学校',
  station: '函授站',
};

function membershipWords(membership: Membership): string {
  const role = ROLE_WORDS[membership.role];
  if (membership.role === 'operator') return role;
  const stations = membership.role === 'station' ? `，${membership.stationIds.length} 个站点` : '';
  return `${role}（${membership.schoolCode}${stations}）`;
}

function meText({ member, schools, stations, storedPeople }: Me): string {
  if (member === null) return '这个身份还没有加入。请用邀请码：npm run operator -- join <邀请码>';
  return facts([
    ['身份', membershipWords(member.membership)],
    ['备注名', memberName(member)],
    ['学校', schools.map(({ code, name }) => `${code} ${name}`).join('、') || '-'],
    ['站点', stations.map(({ name }) => name).join('、') || '-'],
    ...(storedPeople === null
      ? []
      : [
          ['保存着信息的人数', storedPeople.count] as const,
          ['备案提醒', FILING_WORDS[storedPeople.warning]] as const,
        ]),
  ]);
}

export const FILING_WORDS = {
  none: '不到 9 万人，不用备案',
  'filing-soon': '已超过 9 万人，到 10 万人要在 30 个工作日内向省级网信部门备案',
  'filing-due': '已达到 10 万人，请在 30 个工作日内向省级网信部门备案',
} as const;

const first: OperatorCommand = {
  name: 'first',
  summary: '生成第一位管理员的邀请码（只能在运行云的电脑上用）',
  arguments: [],
  example: 'first --join',
  options: { join: { type: 'boolean', help: '直接让 --as 的身份加入' } },
  async run({ session }, given) {
    if (session.administrator === null) throw new UsageError(SESSION_WORDS.notAdministrator);
    const { administrator } = session;
    useAdministrator({ administratorEnvironment: () => administrator });
    const now = new Date().toISOString() as Instant;
    const invitation = {
      membership: { role: 'operator' },
      label: '管理员',
      validHours: 24,
      invitedBy: 'setup',
    } as const;
    const { code, document } = newInvitation(invitation, now);
    await collection<InvitationDocument>('invitations').insert(document);
    if (!given.flag('join')) {
      return {
        text: MEMBERS_WORDS.message(code, momentWords(document.expiresAt)),
        json: { code, expiresAt: document.expiresAt },
      };
    }
    const me = await session.staff.operator('acceptInvitation', { code });
    return { text: meText(me), json: me };
  },
};

const join: OperatorCommand = {
  name: 'join',
  summary: '用邀请码加入',
  arguments: ['邀请码'],
  options: {},
  async run({ session }, given) {
    const me = await session.staff.operator('acceptInvitation', { code: given.argument(0, '邀请码') });
    return { text: meText(me), json: me };
  },
};

const me: OperatorCommand = {
  name: 'me',
  summary: '看自己的身份',
  arguments: [],
  options: {},
  async run({ session }) {
    const data = await session.staff.operator('me', {});
    return { text: meText(data), json: data };
  },
};

const leave: OperatorCommand = {
  name: 'leave',
  summary: '退出自己的身份',
  arguments: [],
  options: {},
  async run({ session }) {
    const data = await session.staff.operator('leave', {});
    return { text: meText(data), json: data };
  },
};

const invite: OperatorCommand = {
  name: 'invite',
  summary: '发出一次性的邀请码',
  arguments: [],
  example: 'invite --role station --school 99999 --station 阜阳函授站 --label "阜阳站 王老师"',
  options: {
    role: { type: 'string', help: '（operator、school 或 station）给什么身份' },
    school: { type: 'string', help: '（院校代码）哪所学校' },
    station: { type: 'string', multiple: true, help: '（站点）负责的站点，可以写多次' },
    label: { type: 'string', help: '（备注名）如 "阜阳站 王老师"，必需' },
    hours: { type: 'string', help: '（小时）多久有效，不写就是 72' },
  },
  async run({ session }, given) {
    const role = given.oneOf('role', ['operator', 'school', 'station'], 'station');
    const membership: Membership =
      role === 'operator'
        ? { role }
        : role === 'school'
          ? { role, schoolCode: given.needed('school') }
          : { role, schoolCode: given.needed('school'), stationIds: await stationIds() };
    const created = await session.staff.operator('createInvitation', {
      membership,
      label: given.needed('label'),
      validHours: given.number('hours') ?? 72,
    });
    const { code, invitation } = created;
    return { text: MEMBERS_WORDS.message(code, momentWords(invitation.expiresAt)), json: created };

    async function stationIds(): Promise<readonly StationId[]> {
      const wanted = given.list('station');
      if (wanted.length === 0) throw new UsageError(CLI_WORDS.missingOption('station'));
      const ids: StationId[] = [];
      for (const name of wanted) {
        ids.push((await stationNamed(session.staff, given.needed('school'), name)).id);
      }
      return ids;
    }
  },
};

function invitationRow(invitation: InvitationView) {
  const { id, membership, expiresAt, state } = invitation;
  const name = memberName(invitation);
  return [id, name, membershipWords(membership), momentWords(expiresAt), INVITATION_STATE_WORDS[state]];
}
const INVITATION_HEADINGS = ['编号', '备注名', '身份', '有效期', '状态'];

const invitations: OperatorCommand = {
  name: 'invitations',
  summary: '看发出的邀请',
  arguments: [],
  options: {},
  async run({ session }) {
    const data = await session.staff.operator('invitations', {});
    return { text: table(INVITATION_HEADINGS, data.invitations.map(invitationRow)), json: data };
  },
};

const revoke: OperatorCommand = {
  name: 'revoke',
  summary: '收回一个邀请',
  arguments: ['编号'],
  options: {},
  async run({ session }, given) {
    const invitationId = given.argument(0, '编号') as InvitationId;
    const data = await session.staff.operator('revokeInvitation', { invitationId });
    return { text: table(INVITATION_HEADINGS, [invitationRow(data)]), json: data };
  },
};

const members: OperatorCommand = {
  name: 'members',
  summary: '看成员；--remove 移除一位',
  arguments: [],
  options: { remove: { type: 'string', help: '（编号）移除这位成员' } },
  async run({ session }, given) {
    const memberId = given.text('remove') as MemberId | undefined;
    const data =
      memberId === undefined
        ? await session.staff.operator('members', {})
        : await session.staff.operator('removeMember', { memberId });
    const rows = data.members.map((member) => [
      member.id,
      member.isMe ? `${memberName(member)}（我）` : memberName(member),
      membershipWords(member.membership),
      momentWords(member.since),
    ]);
    return { text: table(['编号', '备注名', '身份', '加入时间'], rows), json: data };
  },
};

async function auditAsked(staff: StaffClient, given: Given): Promise<AccessContract['audit']['data']> {
  const [about, studentNumber, cursor] = [given.text('about'), given.text('student'), given.text('cursor')];
  const page = { ...(cursor !== undefined && { cursor }) };
  if (studentNumber === undefined) {
    if (given.text('batch') !== undefined) throw new UsageError(CLI_WORDS.missingOption('student'));
    return staff.operator('audit', { ...(about !== undefined && { subjectId: about }), ...page });
  }
  if (about !== undefined) throw new UsageError(CLI_WORDS.eitherOr('about', 'student'));
  const { id: batchId } = await findBatch(staff, given.needed('batch'));
  return staff.operator('studentAudit', { batchId, studentNumber, ...page });
}

/** An id that nothing was ever done to is most likely not an id at all, but a student number. */
function nothingAudited(given: Given): string {
  const about = given.text('about');
  return about === undefined || given.text('cursor') !== undefined
    ? '没有更多的操作记录。'
    : `没有和“${about}”有关的操作记录，请核对编号。查一位学生，请写 --batch <批次> --student <学号>。`;
}

const audit: OperatorCommand = {
  name: 'audit',
  summary: '看操作记录；查一位学生，写批次和学号',
  arguments: [],
  example: 'audit --batch 2027届 --student 202399990001',
  options: {
    about: { type: 'string', help: '（编号）只看和这个编号有关的，如批次、站点、包的编号' },
    batch: { type: 'string', help: '（批次）和 --student 一起写' },
    student: { type: 'string', help: '（学号）只看这位学生在这个批次里的' },
    cursor: { type: 'string', help: '（时间）接着看更早的' },
  },
  async run({ session }, given) {
    const data = await auditAsked(session.staff, given);
    if (data.entries.length === 0) return { text: nothingAudited(given), json: data };
    const doer = doersOf(data.entries, (await session.staff.operator('members', {})).members);
    const rows = data.entries.map((entry) => [
      momentWords(entry.at),
      AUDIT_WORDS[entry.action] ?? entry.action,
      doer(entry),
      entry.subjectId,
    ]);
    const more = data.next === null ? '' : `\n\n更早的：--cursor ${data.next}`;
    return { text: table(['时间', '操作', '谁', '对象'], rows) + more, json: data };
  },
};

const school: OperatorCommand = {
  name: 'school',
  summary: '添加一所学校，或改它的名称',
  arguments: ['院校代码', '名称'],
  example: 'school 99999 示范大学继续教育学院',
  options: {},
  async run({ session }, given) {
    const saved = { code: given.argument(0, '院校代码'), name: given.argument(1, '名称') };
    const data = await session.staff.operator('saveSchool', saved);
    return { text: `${data.code} ${data.name}`, json: data };
  },
};

const stations: OperatorCommand = {
  name: 'stations',
  summary: '看一所学校的函授站；--save 添加或改名',
  arguments: ['院校代码'],
  example: 'stations 99999 --save 阜阳函授站=阜阳站',
  options: { save: { type: 'string', multiple: true, help: '（名单里的写法=显示的名称）添加站点或改名' } },
  async run({ session }, given) {
    const schoolCode = given.argument(0, '院校代码');
    for (const pair of given.list('save')) {
      const [code, name = code] = pair.split('=');
      await session.staff.operator('saveStation', { schoolCode, code: code!, name: name! });
    }
    const data = await session.staff.operator('stations', { schoolCode });
    const rows = data.stations.map(({ id, code, name }) => [id, code, name]);
    return { text: table(['编号', '名单里的写法', '显示的名称'], rows), json: data };
  },
};

export const ACCESS_COMMANDS: readonly OperatorCommand[] = [
  first,
  join,
  me,
  leave,
  invite,
  invitations,
  revoke,
  members,
  audit,
  school,
  stations,
];
