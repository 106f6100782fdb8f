/**
 * Several resolvers as one: the first that recognises a payload answers for it, alone. A code that one
 * resolver refuses is never offered to the next, or a forged code of ours would travel to the gateway.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { MAXIMUM_CAPTURE_CODE_BYTES } from '../../../miniprogram/shared/identity/capture-code-payload';
import { normaliseIdTail } from '../../../miniprogram/shared/identity/id-tail';
import { type CaptureCodeResolver } from './capture-code-resolver';

/** @param resolvers in the order in which they are asked; the gateway, which recognises everything, last */
export function resolveWith(resolvers: readonly CaptureCodeResolver[]): CaptureCodeResolver {
  const resolverFor = (payload: Uint8Array) => resolvers.find((resolver) => resolver.recognises(payload));
  return {
    recognises: (payload) => resolverFor(payload) !== undefined,
    answersAlone: (payload) => resolverFor(payload)?.answersAlone?.(payload) ?? false,
    resolve: async (payload, idTail) => {
      if (payload.length > MAXIMUM_CAPTURE_CODE_BYTES) {
        throw new DomainError('CODE_TOO_LONG', {
          bytes: payload.length,
          maximum: MAXIMUM_CAPTURE_CODE_BYTES,
        });
      }
      const tail = normaliseIdTail(idTail);
      if (tail === undefined) throw new DomainError('INVALID_REQUEST', { path: 'idTail' });
      const resolver = resolverFor(payload);
      if (resolver === undefined) throw new DomainError('CODE_NOT_RECOGNISED');
      return resolver.resolve(payload, tail);
    },
  };
}
