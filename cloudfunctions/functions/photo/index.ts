/** The function `photo`: judges and develops one uploaded original. Heavy; pictures travel through storage only. */
import { collectSoonAfter } from './heap';
import { PHOTO_SCHEMAS as schemas } from './schemas';
import { inferenceBackend } from '../../photo-engine/inference/create-model-runtime';
import { createPhotoEngine } from '../../photo-engine/photo-engine';
import { defineFunction } from '../../platform/define-function';
import { runTransaction } from '../../platform/transaction';
import { callOf } from '../../requests/call';
import { countTowards, type RateLimit } from '../../requests/rate-limit';
import { actingCall } from '../../station-mode/act-at-seat';
import { submitPhoto } from '../../submission/submit-photo/submit-photo';
import { type PhotoContract } from '../../../miniprogram/shared/contract/photo';

/** The models lie beside the bundle; one engine per instance, its models loaded at the first photo. */
const engine = createPhotoEngine({
  modelFolder: __dirname,
  backend: inferenceBackend(process.env.INFERENCE_BACKEND),
});

// A fresh instance loads its models while the first call waits for the database and for the picture, instead of after
// that. What fails here is tried again by the first photo, which then says why.
void engine.warm().catch(() => undefined);

/** Every page of rules asks once; each call holds an instance with its whole memory. */
const WARM_LIMIT: RateLimit = { purpose: 'warm', maximum: 10, windowSeconds: 600 };

export const main = defineFunction<PhotoContract>({
  name: 'photo',
  actions: {
    submit: {
      schema: schemas.submit,
      handle: async (input, context) =>
        submitPhoto(await actingCall(callOf(context), input.submissionId), input, {
          develop: (bytes, options) => collectSoonAfter(engine.develop(bytes, options)),
        }),
    },
    warm: {
      schema: schemas.warm,
      handle: async (_, context) => {
        const call = callOf(context);
        await runTransaction((scope) => countTowards(scope, WARM_LIMIT, call));
        await engine.warm();
        return { ready: true };
      },
    },
  },
});
