/** What the school's office does about the batch, its list, its students' bindings and its staff. */
import { type Actions, chosen, type Turn } from './turn';
import { inSeconds } from '../stage';
import { DAY, SCHOOL, SMOOTHLY, STATIONS, type World } from '../world';
import { csvOf, OPTIONS, storedBatchDocument } from '../../support/roster-builder';
import { memberIdOf } from '../../../cloudfunctions/operator-access/member-document';
import { uploadBytes } from '../../../cloudfunctions/platform/storage';

/** Days from now: closed early, on the next evening, extended. */
const DEADLINES = [-1, 1, 5, 10, 20, 40];

export async function revisionOf({ batchId }: World): Promise<number> {
  return (await storedBatchDocument(batchId)).revision ?? 0;
}

/** Some of the students, each at one of the stations and in one of two classes, and some who have no code. */
function listOf(world: World, { choice }: Turn): Buffer {
  const numbers = [...world.numbers, '20210000001', '20210000002'];
  const listed = numbers.filter((_, index) => (choice >> index) % 4 !== 3);
  const rows = (listed.length > 0 ? listed : numbers).map((number, index) => {
    const place = choice + index;
    return [number, '张小三', '2021', STATIONS[place % STATIONS.length]!, `${1 + ((place >> 1) % 2)} 班`];
  });
  return csvOf(rows);
}

export const SCHOOL_ACTIONS = {
  importsList: {
    weight: 5,
    async run(world, turn) {
      const { school, batchId } = world;
      const wish = { batchId, extension: 'csv' } as const;
      const ticket = await world.ask(school, 'operator', 'prepareRosterUpload', wish);
      if (ticket === null) return;
      const fileId = await uploadBytes(ticket.cloudPath, listOf(world, turn));
      const upload = { batchId, uploadId: ticket.uploadId, fileId, options: OPTIONS };
      const isAboutCheck = turn.choice % 5 === 0;
      const plan = await world.ask(
        ...([school, 'operator', 'checkRoster', upload] as const),
        isAboutCheck ? turn.going : SMOOTHLY,
      );
      if (plan?.state !== 'ready') return;
      world.memory.plan = { planId: plan.id, digest: plan.digest };
      if (!isAboutCheck) await world.ask(school, 'operator', 'applyRoster', world.memory.plan, turn.going);
    },
  },
  goesOnImporting: {
    weight: 2,
    async run(world, { going }) {
      if (world.memory.plan)
        await world.ask(world.school, 'operator', 'applyRoster', world.memory.plan, going);
    },
  },
  movesDeadline: {
    weight: 3,
    async run(world, turn) {
      const { school, batchId } = world;
      const revision = await revisionOf(world);
      const closesAt = inSeconds(chosen(turn, DEADLINES) * DAY);
      const request = { batchId, revision, closesAt, reason: '补拍' };
      await world.ask(school, 'operator', 'changeDeadline', request, turn.going);
    },
  },
  changesBatch: {
    weight: 1,
    async run(world, turn) {
      const { operator, batchId } = world;
      const revision = await revisionOf(world);
      const changes = chosen(turn, [
        { notice: '请带身份证' },
        { confirmOnTheSpot: false },
        { telephone: '' },
      ]);
      await world.ask(operator, 'operator', 'updateBatch', { batchId, revision, changes }, turn.going);
    },
  },
  releasesBinding: {
    weight: 3,
    run: (world, { student, going }) =>
      world.ask(
        ...([world.school, 'operator', 'releaseBinding'] as const),
        { batchId: world.batchId, studentNumber: world.numbers[student]! },
        going,
      ),
  },
  sendsReminders: {
    weight: 1,
    run: (world, { going }) =>
      world.ask(world.school, 'operator', 'sendReminders', { batchId: world.batchId }, going),
  },
  invites: {
    weight: 2,
    async run(world, turn) {
      const inviter = chosen(turn, [world.school, world.school, world.newcomer]);
      const membership = chosen(turn, [
        { role: 'school', schoolCode: SCHOOL },
        { role: 'station', schoolCode: SCHOOL, stationIds: world.stations },
      ] as const);
      const request = { membership, label: '新来的', validHours: 24 };
      const created = await world.ask(inviter, 'operator', 'createInvitation', request, turn.going);
      if (created) world.memory.invitation = { code: created.code };
    },
  },
  acceptsInvitation: {
    weight: 2,
    async run(world, { going }) {
      if (world.memory.invitation)
        await world.ask(world.newcomer, 'operator', 'acceptInvitation', world.memory.invitation, going);
    },
  },
  removesNewcomer: {
    weight: 1,
    run: (world, { going }) =>
      world.ask(world.school, 'operator', 'removeMember', { memberId: memberIdOf(world.newcomer) }, going),
  },
} satisfies Actions;
