/** Every use case × role × tenant, through the deployed functions: nobody reads another school or station. */
import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { collection } from '../../cloudfunctions/platform/database';
import { type Membership, type Role } from '../../miniprogram/shared/roles/membership';
import { STAFF_ROLE_TABLE, type StaffUseCase } from '../../miniprogram/shared/roles/role-table';
import { personOn } from '../support/person';
import { staffOn, type StaffPerson, storedMember } from '../support/staff-builder';
import { aSeat, aTenancy, STAFF_PAYLOADS, type Tenancy } from '../support/staff-world';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

const USE_CASES = Object.keys(STAFF_ROLE_TABLE) as StaffUseCase[];

/** Use cases about one student: another station of the same school may not either. */
const ABOUT_ONE_STATION: readonly StaffUseCase[] = [
  'operator.progress',
  'operator.missing',
  'operator.sendReminders',
  'operator.studentStanding',
  'operator.studentAudit',
  'operator.releaseReview',
  'operator.decideReview',
  'operator.undoReview',
  'operator.returnPhoto',
  'operator.overrideChecks',
  'operator.stationUpload',
  'operator.stationConfirm',
  'operator.stationLeave',
];

let testCloud: TestCloud;
let mine: Tenancy;
let theirs: Tenancy;
let people: Readonly<Record<'operator' | 'school' | 'teacher' | 'sisterTeacher' | 'student', StaffPerson>>;

beforeAll(async () => {
  testCloud = await startTestCloud({ variables: { REMINDER_TEMPLATE_ID: 'a-template' } });
  [mine, theirs] = await Promise.all([aTenancy('11111'), aTenancy('22222')]);
  const person = async (membership: Membership) =>
    staffOn(testCloud.cloud, (await storedMember(membership)).openid);
  const { schoolCode, stationId, otherStationId } = mine;
  people = {
    operator: await person({ role: 'operator' }),
    school: await person({ role: 'school', schoolCode }),
    teacher: await person({ role: 'station', schoolCode, stationIds: [stationId] }),
    sisterTeacher: await person({ role: 'station', schoolCode, stationIds: [otherStationId] }),
    student: staffOn(testCloud.cloud, 'just-a-student'),
  };
}, 60_000);
afterAll(() => testCloud.close());

type Somebody = keyof typeof people;
const ROLE_OF: Readonly<Record<Somebody, Role>> = {
  operator: 'operator',
  school: 'school',
  teacher: 'station',
  sisterTeacher: 'station',
  student: 'student',
};

/** What the table promises: reached, or one of the two refusals that say "not yours". */
function expected(useCase: StaffUseCase, somebody: Somebody, tenancy: 'mine' | 'theirs'): string {
  const reach = STAFF_ROLE_TABLE[useCase][ROLE_OF[somebody]];
  if (reach === 'none') return 'FORBIDDEN';
  if (STAFF_PAYLOADS[useCase] === null || reach === 'all') return 'reached';
  if (tenancy === 'theirs') return 'NOT_FOUND';
  return somebody === 'sisterTeacher' && ABOUT_ONE_STATION.includes(useCase) ? 'NOT_FOUND' : 'reached';
}

async function outcomeOf(useCase: StaffUseCase, person: StaffPerson, tenancy: Tenancy): Promise<string> {
  const [name, action] = useCase.split('.') as [string, string];
  const payload = await STAFF_PAYLOADS[useCase]?.(tenancy, person.openid);
  const answer = await person.send(name, action, payload ?? {});
  if (answer.ok) return 'reached';
  if (answer.code === 'INTERNAL') throw new Error(`${useCase}: ${JSON.stringify(answer)}`);
  return answer.code === 'FORBIDDEN' || answer.code === 'NOT_FOUND' ? answer.code : 'reached';
}

// What ends memberships or needs more than a role is tested on its own.
const OWN_TESTS: readonly StaffUseCase[] = [
  'operator.acceptInvitation',
  'operator.leave',
  'operator.stationResolve',
];

test.each(USE_CASES.filter((useCase) => !OWN_TESTS.includes(useCase)))('%s', async (useCase) => {
  for (const somebody of Object.keys(people) as Somebody[]) {
    for (const [name, tenancy] of [
      ['mine', mine],
      ['theirs', theirs],
    ] as const) {
      const outcome = await outcomeOf(useCase, people[somebody], tenancy);
      expect({ somebody, tenancy: name, outcome }).toEqual({
        somebody,
        tenancy: name,
        outcome: expected(useCase, somebody, name),
      });
    }
  }
});

// Staff mistype numbers, and students delete what waits for review.
test.each([
  ['operator.returnPhoto', 'return'],
  ['operator.decideReview', 'accept'],
] as const)('%s names what was wanted where nothing is found', async (useCase, event) => {
  const payload = await STAFF_PAYLOADS[useCase]!(theirs, people.school.openid);
  const answer = await people.school.send('operator', useCase.replace('operator.', ''), payload);
  expect(answer).toMatchObject({ code: 'NOT_FOUND', details: { event } });
});

describe('lists show what is in reach and nothing else', () => {
  test('batches, with the counts of the own students', async () => {
    const schools = async (somebody: Somebody) =>
      new Set((await people[somebody].operator('batches', {})).batches.map(({ batch }) => batch.schoolCode));
    expect(await schools('operator')).toEqual(new Set(['11111', '22222']));
    expect(await schools('school')).toEqual(new Set(['11111']));
    const line = async (somebody: Somebody) =>
      (await people[somebody].operator('batches', {})).batches.find(
        ({ batch }) => batch.id === mine.batch.id,
      );
    expect((await line('teacher'))?.counts.confirmed).toBe(1);
    expect((await line('sisterTeacher'))?.counts.confirmed).toBe(0);
  });

  test('members and invitations', async () => {
    const { members } = await people.school.operator('members', {});
    expect(
      members.every(({ membership }) => 'schoolCode' in membership && membership.schoolCode === '11111'),
    ).toBe(true);
    const { invitations } = await people.school.operator('invitations', {});
    expect(invitations.length).toBeGreaterThan(0);
    expect(
      invitations.every(({ membership }) => 'schoolCode' in membership && membership.schoolCode === '11111'),
    ).toBe(true);
  });

  test('the audit', async () => {
    const ids = (await people.school.operator('audit', {})).entries.map(({ subjectId }) => subjectId);
    const foreign = await collection<AuditDocument>('audit').find({ schoolCode: '22222' }, { limit: 1000 });
    expect(foreign.length).toBeGreaterThan(0);
    expect(foreign.some(({ subjectId }) => ids.includes(subjectId))).toBe(false);
  });

  test('the audit of one student, and of nobody else', async () => {
    const { batch, submission } = mine;
    const request = { batchId: batch.id, studentNumber: submission.studentNumber };
    const { entries } = await people.school.operator('studentAudit', request);
    const stored = await collection<AuditDocument>('audit').find(
      { subjectId: submission._id },
      { limit: 1000 },
    );
    expect(stored.length).toBeGreaterThan(0);
    expect(entries).toHaveLength(stored.length);
    expect(new Set(entries.map(({ subjectId }) => subjectId))).toEqual(new Set([submission._id]));
  });

  test('stations, progress and the missing of a teacher', async () => {
    const { stations } = await people.teacher.operator('stations', { schoolCode: '11111' });
    expect(stations.map(({ id }) => id)).toEqual([mine.stationId]);
    const { groups } = await people.sisterTeacher.operator('progress', { batchId: mine.batch.id });
    expect(groups).toEqual([]);
  });

  test.each<[string, () => Tenancy]>([
    ['school', () => theirs],
    ['station', () => ({ ...mine, stationId: mine.otherStationId })],
  ])('the seats of a teacher who went to another %s', async (_, next) => {
    const at = ({ schoolCode, stationId }: Tenancy): Membership => {
      return { role: 'station', schoolCode, stationIds: [stationId] };
    };
    const { openid } = await storedMember(at(mine));
    const teacher = staffOn(testCloud.cloud, openid);
    const [before, seats] = [await aSeat(mine, openid), () => teacher.operator('stationSeats', {})];
    expect((await seats()).seats).toMatchObject([{ seatId: before }]);
    await storedMember(at(next()), openid);
    expect((await seats()).seats).toEqual([]);
    const seatId = await aSeat(next(), openid);
    expect((await teacher.operator('stationLeave', { seatId })).seats).toMatchObject([{ seatId }]);
  });

  test('"me" says what each may do', async () => {
    expect([...(await people.student.operator('me', {})).mayDo].sort()).toEqual([
      'operator.acceptInvitation',
      'operator.leave',
      'operator.me',
    ]);
    const { mayDo, schools, stations } = await people.teacher.operator('me', {});
    expect(mayDo).toContain('operator.stationSeat');
    expect(mayDo).not.toContain('operator.decideReview');
    expect([schools.map(({ code }) => code), stations.map(({ id }) => id)]).toEqual([
      ['11111'],
      [mine.stationId],
    ]);
  });
});

test('students’ use cases reach the own things only, whatever else somebody is', async () => {
  const { _id: submissionId, confirmedPhotoId: photoId } = mine.submission;
  for (const { openid } of Object.values(people)) {
    const person = personOn(testCloud.cloud, openid);
    await person.agree();
    const about = { submissionId, photoId: photoId! };
    const attempts = [
      person.student('submission', { submissionId }),
      person.student('confirm', about),
      person.student('withdraw', { submissionId }),
      person.student('restart', { submissionId }),
      person.student('deleteSubmission', { submissionId }),
      person.student('downloadLink', { ...about, which: 'original' }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    }
  }
});
