/** Signs what may be done to one stored file until when. Anything changed in a link makes it worthless. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Permission = 'read' | 'write';

export interface Signer {
  /** @param expires seconds since 1970 */
  sign(permission: Permission, path: string, expires: number): string;
  verify(
    permission: Permission,
    path: string,
    expires: number,
    signature: string,
  ): 'valid' | 'expired' | 'forged';
}

export function createSigner(secret: Buffer, now: () => Date): Signer {
  const sign: Signer['sign'] = (permission, path, expires) =>
    createHmac('sha256', secret).update(`${permission}\n${expires}\n${path}`).digest('hex');
  return {
    sign,
    verify(permission, path, expires, signature) {
      const expected = Buffer.from(sign(permission, path, expires));
      const given = Buffer.from(signature);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
      return now().getTime() / 1000 < expires ? 'valid' : 'expired';
    },
  };
}
