/**
 * WeChat's permissions for camera and album. After a refusal WeChat never asks again by itself: only a person's tap
 * may open the settings, and the camera component must be made anew afterwards.
 */
import { promised } from './promised';

export type Scope = 'scope.camera' | 'scope.writePhotosAlbum';
export type PermissionState = 'granted' | 'refused' | 'not-asked';

type Settings = Readonly<Partial<Record<Scope, boolean>>>;

const stateIn = (settings: Settings, scope: Scope): PermissionState => {
  const granted = settings[scope];
  return granted === undefined ? 'not-asked' : granted ? 'granted' : 'refused';
};

export async function permissionState(scope: Scope): Promise<PermissionState> {
  const { authSetting } = await promised<{ authSetting: Settings }>((done) => {
    wx.getSetting({
      success: (result) => {
        done.success({ authSetting: result.authSetting });
      },
      fail: done.fail,
    });
  });
  return stateIn(authSetting, scope);
}

/** Opens WeChat's settings of this mini program; call it from a tap only. */
export async function openSettings(scope: Scope): Promise<PermissionState> {
  const { authSetting } = await promised<{ authSetting: Settings }>((done) => {
    wx.openSetting({
      success: (result) => {
        done.success({ authSetting: result.authSetting });
      },
      fail: done.fail,
    });
  });
  return stateIn(authSetting, scope);
}
