/** Permissions and privacy as `wx` functions; the rules are in `phone/authorization.ts`. */
import { type PermissionScope } from '../phone/phone-state';
import { SCOPE_NAMES, type PrivacyListener } from '../phone/authorization';
import { type Phone } from '../phone/phone';
import { call, WxFailure } from './api';
import { requireAuthorization } from './guard';

export function authorizationFunctions(phone: Phone): Record<string, unknown> {
  const { authorization } = phone;
  const contractName = `《${phone.project.app.window?.navigationBarTitleText ?? '小程序'}小程序隐私保护指引》`;
  return {
    getSetting: call('getSetting', () => ({ authSetting: authorization.authSetting })),
    openSetting: call('openSetting', async () => {
      await authorization.openSettings();
      return { authSetting: authorization.authSetting };
    }),
    authorize: call<{ readonly scope: string }>('authorize', async ({ scope }) => {
      if (!(scope in SCOPE_NAMES)) throw new WxFailure('invalid scope');
      await requireAuthorization(phone, 'authorize', scope as PermissionScope);
      return undefined;
    }),
    getPrivacySetting: call('getPrivacySetting', () => ({
      needAuthorization: authorization.needsPrivacyAuthorization,
      privacyContractName: contractName,
    })),
    requirePrivacyAuthorize: call('requirePrivacyAuthorize', async () => {
      await requireAuthorization(phone, 'requirePrivacyAuthorize');
      return undefined;
    }),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
      authorization.onNeedPrivacyAuthorization(listener);
    },
    openPrivacyContract: call('openPrivacyContract', async () => {
      await phone.dialogs.ask({
        title: contractName,
        body: '浏览器手机没有平台审核过的指引原文。真机上，这里显示小程序后台填写的《用户隐私保护指引》。',
        buttons: [{ text: '返回', answer: null, kind: 'primary' }],
        dismiss: null,
      });
      return undefined;
    }),
  };
}
