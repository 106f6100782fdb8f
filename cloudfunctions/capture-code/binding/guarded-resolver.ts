/** A resolver that counts wrong ID tails before it lets anybody at the real one. */
import { type Call } from '../../requests/call';
import { type DigestKey, payloadDigest } from '../keyed-digest';
import { type CaptureCodeResolver } from '../resolvers/capture-code-resolver';
import { takeTry } from './code-lock';
import { DomainError, isDomainError } from '../../../miniprogram/shared/errors';

/**
 * @param tryId the same for a request that is sent again, so that it is not counted twice
 * @returns a resolver that refuses with CODE_LOCKED as well, and says in CODE_ID_TAIL_WRONG how many tries are left
 */
export function guardResolver(
  resolver: CaptureCodeResolver,
  digestKey: DigestKey,
  call: Call,
  tryId: string,
): CaptureCodeResolver {
  return {
    recognises: (payload) => resolver.recognises(payload),
    async resolve(payload, idTail) {
      const taken = await takeTry(call, payloadDigest(payload, digestKey), tryId);
      try {
        const student = await resolver.resolve(payload, idTail);
        await taken.forgive();
        return student;
      } catch (error) {
        if (isDomainError(error) && error.code === 'CODE_ID_TAIL_WRONG') {
          throw new DomainError('CODE_ID_TAIL_WRONG', { triesLeft: taken.triesLeft });
        }
        await taken.giveBack();
        throw error;
      }
    },
  };
}
