/** A resolver that counts wrong ID tails before it lets anybody at the real one. */
import { type Call } from '../../requests/call';
import { type DigestKey, payloadDigest } from '../keyed-digest';
import { type CaptureCodeResolver } from '../resolvers/capture-code-resolver';
import { type TakenTry, takeTry } from './code-lock';
import { DomainError, isDomainError } from '../../../miniprogram/shared/errors';

export interface GuardedResolver extends CaptureCodeResolver {
  /**
   * Takes back the wrong tries of this request, after another code of the same picture resolved: the tail belongs to
   * that one, and neighbours in a group chat must not lock each other's codes. Nobody can guess this way, because the
   * only tail that is ever tried like this is the caller's own.
   */
  forgiveNeighbours(): Promise<void>;
}

/**
 * @param tryId the same for a request that is sent again with the same tail, so that it is not counted twice
 * @returns a resolver that refuses with CODE_LOCKED as well, and says in CODE_ID_TAIL_WRONG how many tries are left
 */
export function guardResolver(
  resolver: CaptureCodeResolver,
  digestKey: DigestKey,
  call: Call,
  tryId: string,
): GuardedResolver {
  const wrong: TakenTry[] = [];
  return {
    recognises: (payload) => resolver.recognises(payload),
    answersAlone: (payload) => resolver.answersAlone?.(payload) ?? false,
    async resolve(payload, idTail) {
      // Another tail is another try, also under the same request key.
      const guess = payloadDigest(Buffer.from(`${tryId} ${idTail}`), digestKey);
      const taken = await takeTry(call, payloadDigest(payload, digestKey), guess);
      try {
        const student = await resolver.resolve(payload, idTail);
        await taken.forgive();
        return student;
      } catch (error) {
        if (isDomainError(error) && error.code === 'CODE_ID_TAIL_WRONG') {
          wrong.push(taken);
          await taken.keep();
          throw new DomainError('CODE_ID_TAIL_WRONG', { triesLeft: taken.triesLeft });
        }
        await taken.giveBack();
        throw error;
      }
    },
    async forgiveNeighbours() {
      for (const taken of wrong) await taken.giveBack();
    },
  };
}
