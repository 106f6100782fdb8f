/**
 * WeChat's permissions for camera and album. After a refusal WeChat never asks again by itself: only a person's tap
 * may open the settings, and the camera component must be made anew afterwards.
 */
import { promised } from './promised';
import { withinPatience } from './within-patience';

export type Scope = 'scope.camera' | 'scope.writePhotosAlbum';
export type PermissionState = 'granted' | 'refused' | 'not-asked';

type Settings = Readonly<Partial<Record<Scope, boolean>>>;

const stateIn = (settings: Settings, scope: Scope): PermissionState => {
  const granted = settings[scope];
  return granted === undefined ? 'not-asked' : granted ? 'granted' : 'refused';
};

/**
 * WeChat asks its servers: without network it answers after ten seconds and more, with a failure, or never (reported in its
 * community: `getSetting:fail connect fail`, `fail data no response`). With a network it takes a fraction of a second.
 */
const PATIENCE_MS = 1_500;

/** Never fails, and soon answers: `not-asked` also where WeChat does not say, because what needs the permission asks by itself. */
export async function permissionState(scope: Scope): Promise<PermissionState> {
  const asking = withinPatience(PATIENCE_MS, 'timed-out', () =>
    promised<Settings>((done) => {
      wx.getSetting({
        success: ({ authSetting }) => {
          done.success(authSetting);
        },
        fail: done.fail,
      });
    }),
  );
  return stateIn(await asking.catch(() => ({})), scope);
}

/** Opens WeChat's settings of this mini program, where a person takes as long as they like; call it from a tap only. */
export async function openSettings(scope: Scope): Promise<PermissionState> {
  const settings = await promised<Settings>((done) => {
    wx.openSetting({
      success: ({ authSetting }) => {
        done.success(authSetting);
      },
      fail: done.fail,
    });
  });
  return stateIn(settings, scope);
}
