/** One request key gives one outcome: each action by which the staff writes something, through the deployed functions. */
import { randomUUID } from 'node:crypto';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { csvOf, OPTIONS, someRows, uploadList } from '../support/roster-builder';
import { expectOnce, type Send, writingOnce } from '../support/sent-again';
import { staffOn, type StaffPerson, storedMember } from '../support/staff-builder';
import { aTenancy, STAFF_PAYLOADS, type Tenancy } from '../support/staff-world';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedResolution } from '../support/submission-builder';
import { type ExportDocument } from '../../cloudfunctions/export/export-document';
import {
  type InvitationDocument,
  newInvitation,
} from '../../cloudfunctions/operator-access/invitation-document';
import { collection } from '../../cloudfunctions/platform/database';
import { runTransaction } from '../../cloudfunctions/platform/transaction';
import { keepPermission } from '../../cloudfunctions/progress/reminder-permission';
import { seatOwnerOf } from '../../cloudfunctions/station-mode/resolve-at-station';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type StaffUseCase } from '../../miniprogram/shared/roles/role-table';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud({
    variables: { REMINDER_TEMPLATE_ID: 'a-template' },
    wechat: () => Promise.resolve({ errcode: 0 }),
  });
});
afterAll(() => testCloud.close());

let schools = 10_000;
const aSchool = () => aTenancy(String((schools += 1)));
const aPerson = async (role: 'operator' | 'school', schoolCode: string) => {
  const membership = role === 'operator' ? { role } : { role, schoolCode };
  return staffOn(testCloud.cloud, (await storedMember(membership)).openid);
};

type Payload = (tenancy: Tenancy, caller: StaffPerson) => Promise<object> | object;

/** Where the payload of the roles table's test is refused once it has reached its use case. */
const ACCEPTED: Partial<Record<StaffUseCase, Payload>> = {
  'operator.acceptInvitation': async ({ schoolCode }) => {
    const membership = { role: 'school', schoolCode } as const;
    const invitation = { membership, label: '学籍科', validHours: 1, invitedBy: 'setup' } as const;
    const { code, document } = newInvitation(invitation, aCall().now);
    await collection<InvitationDocument>('invitations').insert(document);
    return { code };
  },
  'exporter.start': async (tenancy, { openid }) => {
    await withPhoto(tenancy.batch, '7');
    return STAFF_PAYLOADS['exporter.start']!(tenancy, openid);
  },
  'operator.updateBatch': async ({ batch }, caller) => {
    const { revision } = await caller.operator('batch', { batchId: batch.id });
    return { batchId: batch.id, revision, changes: { title: '冬季' } };
  },
  'operator.changeDeadline': async ({ batch }, caller) => {
    const { revision } = await caller.operator('batch', { batchId: batch.id });
    return { batchId: batch.id, revision, closesAt: daysFromNow(40), reason: '补拍' };
  },
  'operator.checkRoster': async ({ batch }, { openid }) => ({
    batchId: batch.id,
    ...(await uploadList(aCall({ openid }), batch.id, csvOf(someRows(3)))),
    options: OPTIONS,
  }),
  'operator.sendReminders': async ({ batch }) => {
    const { openid } = await withPhoto(batch, '9', 'developed');
    await runTransaction((scope) => keepPermission(scope, openid, daysFromNow(3)));
    return { batchId: batch.id };
  },
  'operator.releaseReview': async ({ batch, submission }, caller) => {
    await caller.operator('takeReview', { batchId: batch.id });
    return { submissionId: submission._id };
  },
  'operator.decideReview': ({ submission }) => accepting(submission),
  'operator.undoReview': async ({ submission }, caller) => {
    await caller.operator('decideReview', accepting(submission));
    return { submissionId: submission._id };
  },
  'operator.returnPhoto': async ({ batch, submission }, caller) => {
    await caller.operator('decideReview', accepting(submission));
    const { studentNumber } = submission;
    return { batchId: batch.id, studentNumber, reasons: ['light'], remark: '' };
  },
  'operator.overrideChecks': async ({ batch }) => {
    const { _id: submissionId } = await withPhoto(batch, '8', 'developed');
    return { submissionId, checks: ['eyes-open'], reason: '眼疾' };
  },
  'operator.stationSeat': async ({ batch }, { openid }) => ({
    resolutionId: await storedResolution(seatOwnerOf(openid), batch),
    consentVersion: CONSENT_VERSION,
  }),
  'exporter.cancel': ({ exportId }) => changed(exportId, { state: 'packing' }),
  'exporter.markDelivered': ({ exportId }) =>
    changed(exportId, { state: 'finished', finishedAt: aCall().now }),
};

const accepting = ({ _id: submissionId, confirmedPhotoId }: Tenancy['submission']) => ({
  submissionId,
  photoId: confirmedPhotoId!,
  decision: { kind: 'accept' } as const,
});

async function changed(exportId: ExportDocument['_id'], changes: Partial<ExportDocument>) {
  await collection<ExportDocument>('exports').update(exportId, changes);
  return { exportId };
}

/** Who is a member of nothing yet joins; everything else is done by who may do it everywhere. */
const callerOf = (useCase: StaffUseCase, { schoolCode }: Tenancy) => {
  if (useCase === 'operator.acceptInvitation') return staffOn(testCloud.cloud, randomUUID());
  return aPerson(useCase === 'operator.leave' ? 'school' : 'operator', schoolCode);
};

test.each(writingOnce('operator', 'exporter', 'housekeeping'))('%s', async (useCase) => {
  const [mine, theirs] = [await aSchool(), await aSchool()];
  const caller = await callerOf(useCase, mine);
  const [name, action] = useCase.split('.') as [string, string];
  const payloadFor = async (tenancy: Tenancy): Promise<object> => {
    const accepted = ACCEPTED[useCase];
    if (accepted) return accepted(tenancy, caller);
    return STAFF_PAYLOADS[useCase]?.(tenancy, caller.openid) ?? {};
  };
  const send: Send = (payload, key) => caller.send(name, action, payload, key);
  const other = useCase === 'operator.leave' ? null : await payloadFor(theirs);
  await expectOnce(send, await payloadFor(mine), other);
});
