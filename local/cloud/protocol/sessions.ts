/**
 * Who a phone is. The local cloud believes the openid it is told at login (that is why it listens on 127.0.0.1
 * only); from then on the identity is in a signed session and nothing in a call can change it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isOpenid } from './openid';
import { invalidParameter, PlatformError } from '../platform-error';

export interface PhoneIdentity {
  readonly openid: string;
  readonly appid: string;
}

export interface Sessions {
  /** @throws PlatformError INVALID_PARAM, INVALID_REQUEST_SOURCE */
  login(openid: unknown, appid: unknown): string;
  /** @throws PlatformError INVALID_REQUEST_SOURCE */
  identify(session: unknown): PhoneIdentity;
}

export function createSessions(
  secret: Buffer,
  isKnown: (openid: string) => boolean,
  ownAppid: string,
): Sessions {
  const sign = (text: string) => createHmac('sha256', secret).update(`session\n${text}`).digest();
  return {
    login(openid, appid = ownAppid) {
      if (typeof openid !== 'string' || !isOpenid(openid)) throw invalidParameter('Malformed openid');
      if (typeof appid !== 'string' || !isOpenid(appid)) throw invalidParameter('Malformed appid');
      if (!isKnown(openid))
        throw new PlatformError('INVALID_REQUEST_SOURCE', 'This identity is not allowed here');
      const text = `${openid}.${appid}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    identify(session) {
      const [openid = '', appid = '', signature = ''] = typeof session === 'string' ? session.split('.') : [];
      const expected = sign(`${openid}.${appid}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new PlatformError('INVALID_REQUEST_SOURCE', 'Unknown session');
      }
      return { openid, appid };
    },
  };
}
