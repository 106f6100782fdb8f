import {
  type ReachByRole,
  ROLE_TABLE,
  STAFF_ROLE_TABLE,
  type UseCase,
  useCasesOf,
} from '../../../miniprogram/shared/roles/role-table';
import { type ExporterContract } from '../../../miniprogram/shared/contract/exporter';
import { type HousekeepingContract } from '../../../miniprogram/shared/contract/housekeeping';
import { type OperatorContract } from '../../../miniprogram/shared/contract/operator';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';
import { type StudentContract } from '../../../miniprogram/shared/contract/student';
import { type Membership, ROLES } from '../../../miniprogram/shared/roles/membership';
import { coversSchool, coversTenant, scopeOf } from '../../../miniprogram/shared/roles/scope';
import { type StationId } from '../../../miniprogram/shared/identity/ids';
import {
  formatInvitationCode,
  normaliseInvitationCode,
} from '../../../miniprogram/shared/roles/invitation-code';

const station = (name: string) => name as StationId;
const OPERATOR: Membership = { role: 'operator' };
const SCHOOL: Membership = { role: 'school', schoolCode: '11111' };
const TEACHER: Membership = {
  role: 'station',
  schoolCode: '11111',
  stationIds: [station('a'), station('b')],
};

type Action =
  | `student.${keyof StudentContract}`
  | `photo.${keyof PhotoContract}`
  | `operator.${keyof OperatorContract}`
  | `exporter.${keyof ExporterContract}`
  | `housekeeping.${keyof HousekeepingContract}`;

test('every action has its row, and every row its action', () => {
  // The types are the test: each of these lines fails to compile where the two differ.
  const rowOfEachAction: Readonly<Record<Action, ReachByRole>> = ROLE_TABLE;
  const actionOfEachRow = (row: UseCase): Action => row;
  const rows = Object.keys(rowOfEachAction) as UseCase[];
  expect(rows.map(actionOfEachRow)).toEqual(rows);
});

test('no role reaches further than it can: only operators all, schools their school, teachers their stations', () => {
  for (const reach of Object.values(ROLE_TABLE)) {
    expect(['all', 'own', 'none']).toContain(reach.operator);
    expect(['own-school', 'own', 'none']).toContain(reach.school);
    expect(['own-station', 'own', 'none']).toContain(reach.station);
    expect(['own', 'none']).toContain(reach.student);
  }
});

test('a wider role never reaches less than a narrower one', () => {
  for (const reach of Object.values(STAFF_ROLE_TABLE)) {
    if (reach.station !== 'none') expect(reach.school).not.toBe('none');
    if (reach.school !== 'none') expect(reach.operator).not.toBe('none');
  }
});

test('students reach nothing of the staff but the door', () => {
  expect(useCasesOf('student').sort()).toEqual([
    'operator.acceptInvitation',
    'operator.leave',
    'operator.me',
  ]);
});

test.each([
  ['operator', OPERATOR, 'all', { own: true, sister: true, other: true, none: true }],
  ['school', SCHOOL, 'own-school', { own: true, sister: true, other: false, none: true }],
  ['teacher', TEACHER, 'own-station', { own: true, sister: false, other: false, none: false }],
  // A reach that the membership cannot fill gives nothing.
  ['teacher', TEACHER, 'own-school', { own: false, sister: false, other: false, none: false }],
  ['operator', OPERATOR, 'own-school', { own: false, sister: false, other: false, none: false }],
  ['school', SCHOOL, 'all', { own: false, sister: false, other: false, none: false }],
  ['operator', OPERATOR, 'none', { own: false, sister: false, other: false, none: false }],
  ['operator', OPERATOR, 'own', { own: false, sister: false, other: false, none: false }],
] as const)('%s with reach %s', (_, membership, reach, expected) => {
  const scope = scopeOf(membership, reach);
  const covers = (schoolCode: string, stationId: string | null) =>
    coversTenant(scope, { schoolCode, stationId: stationId === null ? null : station(stationId) });
  expect({
    own: covers('11111', 'a'),
    sister: covers('11111', 'z'),
    other: covers('22222', 'a'),
    none: covers('11111', null),
  }).toEqual(expected);
});

test('a teacher sees what concerns the whole school, of the own school only', () => {
  const scope = scopeOf(TEACHER, 'own-station');
  expect([coversSchool(scope, '11111'), coversSchool(scope, '22222'), coversSchool(scope, null)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('who is nobody reaches nothing', () => {
  for (const role of ROLES)
    expect(coversSchool(scopeOf(null, ROLE_TABLE['operator.progress'][role]), '1')).toBe(false);
});

test('an invitation code survives being read out', () => {
  expect(formatInvitationCode('7K2M9QXB01')).toBe('7K2M-9QXB-01');
  expect(normaliseInvitationCode(' 7k2m–9qxb oI ')).toBe('7K2M9QXB01');
});
