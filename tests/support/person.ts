/** A person with a phone: calls the deployed functions under one identity, typed by their contracts. */
import { randomUUID } from 'node:crypto';
import { type RunningCloud } from '../../local/cloud/start-cloud';
import { type FunctionAnswer } from '../../miniprogram/shared/contract/answer';
import { type PhotoContract } from '../../miniprogram/shared/contract/photo';
import {
  CONSENT_VERSION,
  type StudentContract,
  type UploadPurpose,
} from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type UploadId } from '../../miniprogram/shared/identity/ids';

interface Contracts {
  readonly student: StudentContract;
  readonly photo: PhotoContract;
}
type RequestOf<
  Name extends keyof Contracts,
  Action extends keyof Contracts[Name],
> = Contracts[Name][Action] extends {
  readonly request: infer Request;
}
  ? Request
  : never;
type DataOf<
  Name extends keyof Contracts,
  Action extends keyof Contracts[Name],
> = Contracts[Name][Action] extends {
  readonly data: infer Data;
}
  ? Data
  : never;

export interface Person {
  readonly openid: string;
  /** The data, or the refusal as a DomainError. */
  student<Action extends keyof StudentContract>(
    action: Action,
    payload: RequestOf<'student', Action>,
    requestKey?: string,
  ): Promise<DataOf<'student', Action>>;
  photo<Action extends keyof PhotoContract>(
    action: Action,
    payload: RequestOf<'photo', Action>,
    requestKey?: string,
  ): Promise<DataOf<'photo', Action>>;
  /** Anything at all, as a modified phone could send it. */
  send(name: string, event: object): Promise<FunctionAnswer<unknown>>;
  agree(facePhoto?: boolean): Promise<void>;
  /** Asks for a ticket and uploads there. */
  upload(bytes: Uint8Array, purpose?: UploadPurpose): Promise<{ uploadId: UploadId; fileId: FileId }>;
}

export function newRequestKey(): string {
  return randomUUID();
}

export function personOn(cloud: RunningCloud, openid: string): Person {
  const client = cloud.client(openid);
  const send = async (name: string, event: object) =>
    (await client.callFunction(name, event)).result as FunctionAnswer<unknown>;
  const call = async (name: string, action: string, payload: unknown, requestKey?: string) => {
    const answer = await send(name, { action, payload, ...(requestKey && { requestKey }) });
    if (!answer.ok) throw new DomainError(answer.code, answer.details);
    return answer.data;
  };
  const person: Person = {
    openid,
    send,
    student: (action, payload, requestKey) =>
      call('student', action, payload, requestKey) as Promise<DataOf<'student', typeof action>>,
    photo: (action, payload, requestKey) =>
      call('photo', action, payload, requestKey) as Promise<DataOf<'photo', typeof action>>,
    async agree(facePhoto = true) {
      await person.student('consent', { version: CONSENT_VERSION, facePhoto });
    },
    async upload(bytes, purpose = 'portrait') {
      const ticket = await person.student('prepareUpload', { purpose, extension: 'jpg' });
      const { fileID } = await client.uploadFile(ticket.cloudPath, bytes);
      return { uploadId: ticket.uploadId, fileId: fileID as FileId };
    },
  };
  return person;
}
