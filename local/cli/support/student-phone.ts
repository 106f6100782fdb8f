/**
 * A student's phone for commands: the typed actions of the functions over a cloud client. Refusals come back as the
 * DomainErrors they were in the cloud.
 */
import { randomUUID } from 'node:crypto';
import { type FunctionAnswer } from '../../../miniprogram/shared/contract/answer';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';
import { type StudentContract, type UploadPurpose } from '../../../miniprogram/shared/contract/student';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type FileId, type UploadId } from '../../../miniprogram/shared/identity/ids';
import { type CloudClient } from '../../cloud/cloud-client';

export interface StudentPhone {
  student<Action extends keyof StudentContract>(
    action: Action,
    payload: StudentContract[Action]['request'],
  ): Promise<StudentContract[Action]['data']>;
  photo<Action extends keyof PhotoContract>(
    action: Action,
    payload: PhotoContract[Action]['request'],
  ): Promise<PhotoContract[Action]['data']>;
  /** Asks for a place, uploads there, and names both. */
  upload(purpose: UploadPurpose, bytes: Uint8Array): Promise<{ uploadId: UploadId; fileId: FileId }>;
}

export function studentPhone(client: CloudClient): StudentPhone {
  const call = async (name: string, action: string, payload: unknown): Promise<unknown> => {
    const { result } = await client.callFunction(name, { action, requestKey: randomUUID(), payload });
    const answer = result as FunctionAnswer<unknown>;
    if (answer.ok) return answer.data;
    throw new DomainError(answer.code, { ...answer.details, requestId: answer.requestId });
  };
  const phone: StudentPhone = {
    // The wire carries what the contract says; the functions' own tests hold it to that.
    student: (action, payload) => call('student', action, payload) as never,
    photo: (action, payload) => call('photo', action, payload) as never,
    async upload(purpose, bytes) {
      const ticket = await phone.student('prepareUpload', { purpose, extension: extensionOf(bytes) });
      const { fileID } = await client.uploadFile(ticket.cloudPath, bytes);
      return { uploadId: ticket.uploadId, fileId: fileID as FileId };
    },
  };
  return phone;
}

/** The name's ending only; the functions look at the content. */
function extensionOf(bytes: Uint8Array): 'jpg' | 'png' | 'webp' {
  if (bytes[0] === 0x89) return 'png';
  return bytes[0] === 0x52 ? 'webp' : 'jpg';
}
