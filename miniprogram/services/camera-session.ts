/**
 * Opening the camera in the order that WeChat demands: privacy guideline, permission, component. Knows the ways in
 * which it can be refused; the page shows them.
 */
import { PlatformError } from '../platform/problem';
import { permissionState } from '../platform/permission';
import { requirePrivacy } from '../platform/privacy';

/**
 * Resolves when the camera component may be put into the page; WeChat itself asks for the permission then. A camera needs
 * no network: a refusal that WeChat cannot tell without one is told by the component.
 * @throws PlatformError privacy-refused, camera-refused
 */
export async function prepareCamera(): Promise<void> {
  await requirePrivacy();
  if ((await permissionState('scope.camera')) === 'refused') throw new PlatformError('camera-refused');
}

/** Why the component reported an error: a refusal, where WeChat says so, or a camera that cannot be used. */
export async function cameraProblem(): Promise<PlatformError> {
  const state = await permissionState('scope.camera');
  return new PlatformError(state === 'refused' ? 'camera-refused' : 'camera-unavailable');
}
