/**
 * The functions of the staff as typed calls over a cloud client, under one identity. Refusals come back as the
 * DomainErrors they were in the cloud; each call carries a request key, so that a repeated one does nothing twice.
 */
import { randomUUID } from 'node:crypto';
import { type CloudClient } from '../../cloud/cloud-client';
import { type FunctionAnswer } from '../../../miniprogram/shared/contract/answer';
import { type ExporterContract } from '../../../miniprogram/shared/contract/exporter';
import { type HousekeepingContract } from '../../../miniprogram/shared/contract/housekeeping';
import { type OperatorContract } from '../../../miniprogram/shared/contract/operator';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';
import { DomainError } from '../../../miniprogram/shared/errors';

/** One typed call per action of a contract. */
export type Caller<Contracts> = <Action extends keyof Contracts & string>(
  action: Action,
  payload: Contracts[Action] extends { readonly request: infer Request } ? Request : never,
) => Promise<Contracts[Action] extends { readonly data: infer Data } ? Data : never>;

export interface StaffClient {
  readonly openid: string;
  readonly operator: Caller<OperatorContract>;
  readonly exporter: Caller<ExporterContract>;
  readonly housekeeping: Caller<HousekeepingContract>;
  readonly photo: Caller<PhotoContract>;
  /** Puts bytes where a ticket says. @returns the file's id */
  upload(cloudPath: string, bytes: Uint8Array): Promise<string>;
}

export function staffClient(client: CloudClient): StaffClient {
  const caller = (name: string) => async (action: string, payload: unknown) => {
    const { result } = await client.callFunction(name, { action, requestKey: randomUUID(), payload });
    const answer = result as FunctionAnswer<unknown>;
    if (!answer.ok) throw new DomainError(answer.code, { ...answer.details, requestId: answer.requestId });
    return answer.data;
  };
  return {
    openid: client.openid,
    // The wire carries what the contracts say; the functions' own tests hold it to that.
    operator: caller('operator') as Caller<OperatorContract>,
    exporter: caller('exporter') as Caller<ExporterContract>,
    housekeeping: caller('housekeeping') as Caller<HousekeepingContract>,
    photo: caller('photo') as Caller<PhotoContract>,
    upload: async (cloudPath, bytes) => (await client.uploadFile(cloudPath, bytes)).fileID,
  };
}
