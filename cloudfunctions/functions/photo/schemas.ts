/** What each action of `photo` accepts, tied to the contract by its type. */
import * as v from 'valibot';
import { fileId, submissionId, uploadId } from '../student/schemas';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';
import { PERSON_TICKS } from '../../../miniprogram/shared/verdict/check-ids';

const ticks = v.pipe(
  v.array(v.picklist(PERSON_TICKS)),
  v.maxLength(PERSON_TICKS.length),
  v.check((list) => new Set(list).size === list.length),
);

export const PHOTO_SCHEMAS: {
  readonly [Action in keyof PhotoContract]: v.GenericSchema<unknown, PhotoContract[Action]['request']>;
} = {
  submit: v.strictObject({ submissionId, uploadId, fileId, ticks }),
  warm: v.strictObject({}),
};
