/** Members of the staff with phones: the deployed functions under one identity, typed by their contracts. */
import { randomUUID } from 'node:crypto';
import { newStation, type StationDocument } from '../../cloudfunctions/operator-access/station-document';
import {
  type MemberDocument,
  memberIdOf,
  schoolOf,
} from '../../cloudfunctions/operator-access/member-document';
import { addOperator } from '../../cloudfunctions/operator-access/operators-list';
import { collection } from '../../cloudfunctions/platform/database';
import { runTransaction } from '../../cloudfunctions/platform/transaction';
import { staffClient, type StaffClient } from '../../local/cli/operator/staff-client';
import { type RunningCloud } from '../../local/cloud/start-cloud';
import { type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import { type Instant, type StationId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';

export interface StaffPerson extends StaffClient {
  /** Anything at all, as a modified phone could send it. */
  send(name: string, action: string, payload: unknown, requestKey?: string): Promise<FunctionAnswer<unknown>>;
}

export function staffOn(cloud: RunningCloud, openid: string): StaffPerson {
  const client = cloud.client(openid);
  return {
    ...staffClient(client),
    send: async (name, action, payload, requestKey) => {
      const event = { action, payload, ...(requestKey !== undefined && { requestKey }) };
      return (await client.callFunction(name, event)).result as FunctionAnswer<unknown>;
    },
  };
}

/** A membership without the way there. */
export async function storedMember(
  membership: Membership,
  openid = `staff-${randomUUID()}`,
): Promise<MemberDocument> {
  const member: MemberDocument = {
    _id: memberIdOf(openid),
    openid,
    membership,
    schoolCode: schoolOf(membership),
    label: `${membership.role} of tests`,
    invitedBy: 'setup',
    since: new Date().toISOString() as Instant,
  };
  await collection<MemberDocument>('members').set(member);
  if (membership.role === 'operator') await runTransaction((scope) => addOperator(scope, member._id));
  return member;
}

export async function storedSchool(code: string): Promise<void> {
  const school = { _id: `school-${code}`, code, name: `学校 ${code}` };
  await collection<typeof school>('schools').set(school);
}

export async function storedStation(schoolCode: string, name: string): Promise<StationId> {
  const station: StationDocument = newStation(schoolCode, name);
  await collection<StationDocument>('stations').set(station);
  return station._id;
}
