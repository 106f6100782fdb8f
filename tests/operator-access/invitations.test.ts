import { actorOf, type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { acceptInvitation } from '../../cloudfunctions/operator-access/accept-invitation';
import {
  createInvitation,
  listInvitations,
  revokeInvitation,
} from '../../cloudfunctions/operator-access/invite';
import {
  invitationIdOf,
  type InvitationDocument,
} from '../../cloudfunctions/operator-access/invitation-document';
import { memberIdOf, memberOf } from '../../cloudfunctions/operator-access/member-document';
import { removeMember } from '../../cloudfunctions/operator-access/members';
import { saveSchool, schoolByCode } from '../../cloudfunctions/operator-access/schools-and-stations';
import { collection } from '../../cloudfunctions/platform/database';
import { SettingError } from '../../cloudfunctions/platform/setting-error';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import { aCall, later, withKey } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { storedMember, storedSchool, storedStation } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
  await storedSchool('11111');
  await storedSchool('22222');
});
afterEach(() => testCloud.close());

const EVERYWHERE: Scope = { schools: 'all', stations: 'all' };
const OWN_SCHOOL: Scope = { schools: ['11111'], stations: 'all' };
const SECRET = 'a long secret of the deployment';
const NO_SECRET = undefined;

const accept = (call: Call, code: string) => acceptInvitation(call, { code }, NO_SECRET);
const OPERATOR: Membership = { role: 'operator' };
const SCHOOL: Membership = { role: 'school', schoolCode: '11111' };

/** A call by a new member of the staff. */
const aMember = async (membership: Membership): Promise<Call> =>
  aCall({ openid: (await storedMember(membership)).openid });

/** By an operator, unless somebody else is named. */
async function anInvitation(membership: Membership, inviter?: Call, scope: Scope = EVERYWHERE) {
  const call = inviter ?? (await aMember(OPERATOR));
  return createInvitation(call, scope, { membership, label: '王老师', validHours: 24 });
}

const remove = (call: Call, whom: Call) => removeMember(call, memberIdOf(whom.openid));

/** What the page's list says of every invitation, by the code's id. */
async function listedStates(): Promise<Record<string, string>> {
  const listed = await listInvitations(aCall(), EVERYWHERE);
  return Object.fromEntries(listed.map(({ id, state }) => [id, state]));
}

test('an invitation makes one person a member, once; the code is stored nowhere', async () => {
  const { code, invitation } = await anInvitation(SCHOOL);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
  const stored = await collection<InvitationDocument>('invitations').find({}, { limit: 10 });
  expect(JSON.stringify(stored)).not.toContain(code.replaceAll('-', ''));
  const guest = aCall();
  await accept(guest, ` ${code.toLowerCase().replaceAll('-', ' ')} `);
  expect(await memberOf(guest.openid)).toMatchObject({
    membership: SCHOOL,
    label: '王老师',
    schoolCode: '11111',
  });
  expect(await refusalOf(accept(aCall(), code))).toBe('INVITATION_INVALID');
  expect(invitation.state).toBe('open');
});

describe('an invitation whose answer was lost', () => {
  const request = { membership: SCHOOL, label: '王老师', validHours: 24 };
  const invite = (call: Call) => createInvitation(call, EVERYWHERE, request);

  test('is made once and shows its code again, also where both copies arrive together', async () => {
    const inviter = withKey(await aMember(OPERATOR));
    const [one, other] = await Promise.all([invite(inviter), invite(inviter)]);
    expect(other).toEqual(one);
    expect(await invite(inviter)).toEqual(one);
    expect(await listedStates()).toEqual({ [one.invitation.id]: 'open' });
    expect(await refusalOf(accept(aCall(), one.code))).toBe('none');
  });

  test('leaves nothing in the database that gives the code', async () => {
    const inviter = withKey(await aMember(OPERATOR), 'a-very-special-key');
    const { code } = await invite(inviter);
    for (const name of ['requests', 'invitations', 'audit'] as const) {
      const stored = JSON.stringify(await collection(name).find({}, { limit: 100 }));
      for (const secret of [code, code.replaceAll('-', ''), 'a-very-special-key'])
        expect(stored).not.toContain(secret);
    }
  });

  test('has a code that nobody knows who knows its key', async () => {
    const [one, other] = [await aMember(OPERATOR), await aMember(OPERATOR)];
    const key = 'a-key-that-is-known';
    expect((await invite(withKey(one, key))).code).not.toBe((await invite(withKey(other, key))).code);
  });
});

test('the same request again, because its answer was lost, is the same joining', async () => {
  const { code } = await anInvitation(SCHOOL);
  const guest = withKey(aCall());
  await accept(guest, code);
  expect(await refusalOf(accept(guest, code))).toBe('none');
});

test('of two people who type one code at the same moment one joins', async () => {
  const { code } = await anInvitation(SCHOOL);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusalOf(accept(aCall(), code))));
  expect(outcomes.sort()).toEqual([...Array<string>(5).fill('INVITATION_INVALID'), 'none']);
});

test.each([
  ['expired', async (code: string) => accept(later(aCall(), 25 * 3600), code)],
  ['invented', async () => accept(aCall(), '0000-0000-0000-0000-0000')],
  [
    'taken back',
    async (code: string) => {
      const invitation = await collection<InvitationDocument>('invitations').get(invitationIdOf(code));
      await revokeInvitation(aCall(), invitation!);
      await accept(aCall(), code);
    },
  ],
])('a code that is %s is refused', async (_, use) => {
  const { code } = await anInvitation(SCHOOL);
  expect(await refusalOf(use(code))).toBe('INVITATION_INVALID');
});

test('who tries codes is stopped long before finding one', async () => {
  const guesser = aCall();
  const outcomes: string[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1)
    outcomes.push(await refusalOf(accept(guesser, `GUESS${attempt}`)));
  expect(outcomes.slice(0, 10)).toEqual(Array<string>(10).fill('INVITATION_INVALID'));
  expect(outcomes.slice(10)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
});

describe('a school', () => {
  test.each([
    ['an operator', OPERATOR, 'FORBIDDEN'],
    ['another school', { role: 'school', schoolCode: '22222' }, 'NOT_FOUND'],
    [
      'a station that does not exist',
      { role: 'station', schoolCode: '11111', stationIds: ['x'] },
      'NOT_FOUND',
    ],
  ])('cannot invite %s', async (_, membership, refusal) => {
    expect(await refusalOf(anInvitation(membership as Membership, aCall(), OWN_SCHOOL))).toBe(refusal);
  });

  test('cannot invite for another school’s station', async () => {
    const station = await storedStation('22222', '一站');
    const membership = { role: 'station', schoolCode: '11111', stationIds: [station] } as const;
    expect(await refusalOf(anInvitation(membership, aCall(), OWN_SCHOOL))).toBe('NOT_FOUND');
  });
});

test('a teacher gathers stations of one school; another role or school must be given up first', async () => {
  const [one, other] = await Promise.all([storedStation('11111', '一站'), storedStation('11111', '二站')]);
  const teacher = aCall();
  for (const station of [one, other]) {
    const { code } = await anInvitation({ role: 'station', schoolCode: '11111', stationIds: [station] });
    await accept(teacher, code);
  }
  expect((await memberOf(teacher.openid))?.membership).toMatchObject({ stationIds: [one, other] });
  const { code } = await anInvitation(SCHOOL);
  expect(await refusalOf(accept(teacher, code))).toBe('ALREADY_MEMBER');
  await removeMember(teacher, memberIdOf(teacher.openid));
  // The refusal used nothing up.
  expect(await refusalOf(accept(teacher, code))).toBe('none');
});

describe('who was removed', () => {
  test.each([
    ['an operator', OPERATOR, EVERYWHERE],
    ['a school', SCHOOL, OWN_SCHOOL],
  ])('does not come back by an invitation of the own making: %s', async (_, membership, scope) => {
    const colleague = await aMember(OPERATOR);
    const leaving = await aMember(membership);
    const { code } = await anInvitation(membership, leaving, scope);
    await remove(colleague, leaving);
    expect(await refusalOf(accept(leaving, code))).toBe('INVITATION_INVALID');
    expect(await refusalOf(accept(aCall(), code))).toBe('INVITATION_INVALID');
    expect(await memberOf(leaving.openid)).toBeNull();
  });

  test('leaves no open invitation in the list, and in the audit who took them back', async () => {
    const colleague = await aMember(OPERATOR);
    const leaving = await aMember(OPERATOR);
    const [open, other, used] = [
      await anInvitation(SCHOOL, leaving),
      await anInvitation(SCHOOL, leaving),
      await anInvitation(SCHOOL, leaving),
    ];
    const ofColleague = await anInvitation(SCHOOL, colleague);
    await accept(aCall(), used.code);
    await remove(colleague, leaving);
    expect(await listedStates()).toEqual({
      [open.invitation.id]: 'revoked',
      [other.invitation.id]: 'revoked',
      [used.invitation.id]: 'used',
      [ofColleague.invitation.id]: 'open',
    });
    const entries = await collection<AuditDocument>('audit').find(
      { action: 'invitation.revoke' },
      { limit: 10 },
    );
    expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual(
      [open.invitation.id, other.invitation.id].sort(),
    );
    expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([actorOf(colleague.openid)]));
  });

  test('does not come back by one that was made at the very moment of the removal', async () => {
    const colleague = await aMember(OPERATOR);
    const leaving = await aMember(OPERATOR);
    await remove(colleague, leaving);
    const { code } = await anInvitation(OPERATOR, leaving); // authorised before, written after
    expect(await refusalOf(accept(leaving, code))).toBe('INVITATION_INVALID');
  });

  test('and invited again for less, cannot give more than that by an old invitation', async () => {
    const leaving = await aMember(OPERATOR);
    const { code } = await anInvitation(OPERATOR, leaving);
    await storedMember(SCHOOL, leaving.openid);
    expect(await refusalOf(accept(aCall(), code))).toBe('INVITATION_INVALID');
  });

  test('keeps the invitations where the leaving is refused', async () => {
    const only = await aMember(OPERATOR);
    const { invitation } = await anInvitation(SCHOOL, only);
    expect(await refusalOf(remove(only, only))).toBe('LAST_OPERATOR');
    expect(await listedStates()).toEqual({ [invitation.id]: 'open' });
  });
});

describe('the first operator', () => {
  const useSecret = (call: Call, secret = SECRET) => acceptInvitation(call, { code: secret }, secret);
  const MONTHS = 100 * 24 * 3600;

  test('joins with the secret of the deployment', async () => {
    const first = aCall();
    await useSecret(first);
    expect((await memberOf(first.openid))?.membership).toEqual(OPERATOR);
  });

  test('is one, of several who type the secret at the same moment', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusalOf(useSecret(aCall()))));
    expect(outcomes.sort()).toEqual([...Array<string>(5).fill('INVITATION_INVALID'), 'none']);
  });

  test.each([
    ['at once', aCall, SECRET],
    ['when the housekeeping has forgotten everything that ends', () => later(aCall(), MONTHS), SECRET],
    ['where the secret was changed since', aCall, `another ${SECRET}`],
  ])('is followed by nobody with a secret: %s', async (_, somebody, secret) => {
    await useSecret(aCall());
    const call = somebody();
    await runRetention(call, { dryRun: false });
    expect(await refusalOf(useSecret(call, secret))).toBe('INVITATION_INVALID');
    expect(await memberOf(call.openid)).toBeNull();
  });

  test('is not needed where operators came in otherwise', async () => {
    await aMember(OPERATOR);
    expect(await refusalOf(useSecret(aCall()))).toBe('INVITATION_INVALID');
  });

  test.each([
    ['no secret is set', undefined, SECRET],
    ['an empty secret is set', '', SECRET],
    ['another secret is typed', SECRET, `${SECRET}!`],
  ])('does not join where %s', async (_, secret, typed) => {
    expect(await refusalOf(acceptInvitation(aCall(), { code: typed }, secret))).toBe('INVITATION_INVALID');
  });

  test('is told by the log that the secret is too short, which stops nobody once there is one', async () => {
    await expect(useSecret(aCall(), 'twenty-three characters')).rejects.toEqual(
      new SettingError('OPERATOR_SETUP_SECRET'),
    );
    const { code } = await anInvitation(SCHOOL);
    await expect(acceptInvitation(aCall(), { code }, 'short')).resolves.toBeUndefined();
  });

  test('cannot leave as long as there is no second one, not even when two leave at once', async () => {
    const [first, second] = [aCall(), aCall()];
    await useSecret(first);
    expect(await refusalOf(removeMember(first, memberIdOf(first.openid)))).toBe('LAST_OPERATOR');
    const { code } = await anInvitation(OPERATOR, first);
    await accept(second, code);
    const outcomes = await Promise.all([
      refusalOf(removeMember(first, memberIdOf(first.openid))),
      refusalOf(removeMember(second, memberIdOf(second.openid))),
    ]);
    expect(outcomes.sort()).toEqual(['LAST_OPERATOR', 'none']);
  });
});

test('a removal that was repeated by chance takes nothing from somebody who was invited anew', async () => {
  const colleague = withKey(await aMember(OPERATOR));
  const teacher = await aMember(SCHOOL);
  await remove(colleague, teacher);
  await storedMember(SCHOOL, teacher.openid);
  const { invitation } = await anInvitation(SCHOOL, teacher, OWN_SCHOOL);
  await remove(colleague, teacher);
  expect(await memberOf(teacher.openid)).not.toBeNull();
  expect(await listedStates()).toEqual({ [invitation.id]: 'open' });
});

test('a school’s name that was sent again late does not undo a newer one', async () => {
  const [slow, colleague] = [withKey(await aMember(OPERATOR)), await aMember(OPERATOR)];
  const earlier = { code: '11111', name: '旧名' };
  const { id } = await storedBatch({ schoolCode: '11111' });
  await saveSchool(slow, earlier);
  await saveSchool(colleague, { code: '11111', name: '新名' });
  expect(await saveSchool(slow, earlier)).toEqual({ code: '11111', name: '新名' });
  expect((await schoolByCode('11111'))?.name).toBe('新名');
  expect(await collection('batches').get(id)).toMatchObject({ schoolName: '新名' });
});

test('every change is in the audit, without openids, codes or labels', async () => {
  const inviter = await aMember(OPERATOR);
  const guest = aCall();
  const { code } = await anInvitation(SCHOOL, inviter);
  await accept(guest, code);
  await removeMember(inviter, memberIdOf(guest.openid));
  const entries = await collection<AuditDocument>('audit').find({}, { limit: 100 });
  expect(entries.map(({ action }) => action).sort()).toEqual([
    'invitation.create',
    'member.join',
    'member.remove',
  ]);
  expect(new Set(entries.map(({ schoolCode }) => schoolCode))).toEqual(new Set(['11111']));
  const text = JSON.stringify(entries);
  for (const secret of [inviter.openid, guest.openid, code, '王老师']) expect(text).not.toContain(secret);
});
