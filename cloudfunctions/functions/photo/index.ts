/** The function `photo`: judges and develops one uploaded original. Heavy; pictures travel through storage only. */
import { PHOTO_SCHEMAS as schemas } from './schemas';
import { inferenceBackend } from '../../photo-engine/inference/create-model-runtime';
import { createPhotoEngine } from '../../photo-engine/photo-engine';
import { defineFunction } from '../../platform/define-function';
import { callOf } from '../../requests/call';
import { actingCall } from '../../station-mode/act-at-seat';
import { submitPhoto } from '../../submission/submit-photo/submit-photo';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';

/** The models lie beside the bundle; one engine per instance, its models loaded at the first photo. */
const engine = createPhotoEngine({
  modelFolder: __dirname,
  backend: inferenceBackend(process.env.INFERENCE_BACKEND),
});

export const main = defineFunction<PhotoContract>({
  name: 'photo',
  actions: {
    submit: {
      schema: schemas.submit,
      handle: async (input, context) =>
        submitPhoto(await actingCall(callOf(context), input.submissionId), input, engine),
    },
    warm: {
      schema: schemas.warm,
      handle: async () => {
        await engine.warm();
        return { ready: true };
      },
    },
  },
});
