/** Turns the phone's refusals into the failures that WeChat documents. */
import { type AuthorizationRefusal } from '../phone/authorization';
import { type PermissionScope } from '../phone/phone-state';
import { type Phone } from '../phone/phone';
import { WxFailure } from './api';

/** Asks for the privacy agreement, then for the permission. @throws WxFailure when either is refused */
export async function requireAuthorization(
  phone: Phone,
  referrer: string,
  scope?: PermissionScope,
): Promise<void> {
  refuse(await phone.authorization.requirePrivacy(referrer));
  if (scope) refuse(await phone.authorization.requirePermission(scope));
}

function refuse(refusal: AuthorizationRefusal | undefined): void {
  if (!refusal) return;
  if (refusal.kind === 'permission-refused') throw new WxFailure('auth deny');
  throw new WxFailure('privacy permission is not authorized', { errno: refusal.errno });
}
