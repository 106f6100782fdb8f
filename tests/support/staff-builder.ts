/** Members of the staff with phones: the deployed functions under one identity, typed by their contracts. */
import { randomUUID } from 'node:crypto';
import { newStation, type StationDocument } from '../../cloudfunctions/operator-access/station-document';
import {
  type MemberDocument,
  memberIdOf,
  schoolOf,
} from '../../cloudfunctions/operator-access/member-document';
import { collection } from '../../cloudfunctions/platform/database';
import { type RunningCloud } from '../../local/cloud/start-cloud';
import { type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import { type ExporterContract } from '../../miniprogram/shared/contract/exporter';
import { type HousekeepingContract } from '../../miniprogram/shared/contract/housekeeping';
import { type OperatorContract } from '../../miniprogram/shared/contract/operator';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant, type StationId } from '../../miniprogram/shared/identity/ids';
import { type Membership } from '../../miniprogram/shared/roles/membership';

type Caller<Contracts> = <Action extends keyof Contracts & string>(
  action: Action,
  payload: Contracts[Action] extends { readonly request: infer Request } ? Request : never,
  requestKey?: string,
) => Promise<Contracts[Action] extends { readonly data: infer Data } ? Data : never>;

export interface StaffPerson {
  readonly openid: string;
  readonly operator: Caller<OperatorContract>;
  readonly exporter: Caller<ExporterContract>;
  readonly housekeeping: Caller<HousekeepingContract>;
  /** Anything at all, as a modified phone could send it. */
  send(name: string, action: string, payload: unknown): Promise<FunctionAnswer<unknown>>;
  /** Puts bytes where a ticket says. */
  upload(cloudPath: string, bytes: Uint8Array): Promise<string>;
}

export function staffOn(cloud: RunningCloud, openid: string): StaffPerson {
  const client = cloud.client(openid);
  const send = async (name: string, action: string, payload: unknown, requestKey?: string) => {
    const event = { action, payload, ...(requestKey !== undefined && { requestKey }) };
    return (await client.callFunction(name, event)).result as FunctionAnswer<unknown>;
  };
  const caller = (name: string) => async (action: string, payload: unknown, requestKey?: string) => {
    const answer = await send(name, action, payload, requestKey);
    if (!answer.ok) throw new DomainError(answer.code, answer.details);
    return answer.data;
  };
  return {
    openid,
    send,
    operator: caller('operator') as Caller<OperatorContract>,
    exporter: caller('exporter') as Caller<ExporterContract>,
    housekeeping: caller('housekeeping') as Caller<HousekeepingContract>,
    upload: async (cloudPath, bytes) => (await client.uploadFile(cloudPath, bytes)).fileID,
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
    invitedBy: 'a test',
    since: new Date().toISOString() as Instant,
  };
  await collection<MemberDocument>('members').set(member);
  if (membership.role === 'operator') {
    const expiresAt = '9999-12-31T00:00:00.000Z';
    await collection<{ _id: string }>('counters').set({
      _id: 'operators',
      members: [member._id],
      expiresAt,
    } as { _id: string });
  }
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
