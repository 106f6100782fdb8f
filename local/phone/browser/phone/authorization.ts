/**
 * Permissions and WeChat's privacy agreement, in the order a phone asks: first the privacy guideline
 * (where `__usePrivacyCheck__` is on), then the permission of the system.
 *
 * A refused permission is not asked again: only the settings page changes it. A refused privacy agreement
 * makes private interfaces fail silently for ten seconds before the page is asked again
 * (developers.weixin.qq.com, 用户隐私保护指引).
 */
import { type Dialogs } from '../screen/dialogs';
import { type Permission, type PermissionScope, type PhoneState } from './phone-state';

export type PrivacyAnswer = 'exposureAuthorization' | 'agree' | 'disagree';
type Resolve = (answer: { event: PrivacyAnswer; buttonId?: string }) => void;
export type PrivacyListener = (resolve: Resolve, event: { referrer: string }) => void;

export type AuthorizationRefusal =
  { readonly kind: 'privacy-refused'; readonly errno: 103 | 104 } | { readonly kind: 'permission-refused' };

/** WeChat: after a refusal no new question for about ten seconds. */
const SILENCE_MS = 10_000;

export const SCOPE_NAMES: Readonly<Record<PermissionScope, string>> = {
  'scope.camera': '使用你的摄像头',
  'scope.writePhotosAlbum': '保存图片或视频到你的相册',
  'scope.record': '使用你的麦克风',
  'scope.userLocation': '使用你的位置信息',
};

export class Authorization {
  private listener: PrivacyListener | undefined;
  private readonly agreedButtons = new Set<string>();
  private refusedAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<boolean> | undefined;
  private permissionQuestion = new Map<PermissionScope, Promise<boolean>>();

  constructor(
    private readonly state: PhoneState,
    private readonly dialogs: Dialogs,
    private readonly app: { readonly name: string; readonly checksPrivacy: boolean },
  ) {}

  get needsPrivacyAuthorization(): boolean {
    return this.app.checksPrivacy && this.state.settings.privacy !== 'agreed';
  }

  /** Asks the page (or shows WeChat's own window when it does not listen). @returns the refusal, if any */
  async requirePrivacy(referrer: string): Promise<AuthorizationRefusal | undefined> {
    if (!this.needsPrivacyAuthorization) return undefined;
    if (Date.now() - this.refusedAt < SILENCE_MS) return { kind: 'privacy-refused', errno: 104 };
    this.asking ??= this.askPrivacy(referrer).finally(() => {
      this.asking = undefined;
    });
    if (await this.asking) {
      this.agreePrivacy();
      return undefined;
    }
    this.refusedAt = Date.now();
    return { kind: 'privacy-refused', errno: 103 };
  }

  /** The user tapped the button with this id and `open-type="agreePrivacyAuthorization"`. */
  agreeByButton(id: string): void {
    this.agreedButtons.add(id);
    this.agreePrivacy();
  }

  private agreePrivacy(): void {
    this.refusedAt = Number.NEGATIVE_INFINITY;
    this.state.change({ privacy: 'agreed' });
  }

  /** WeChat keeps the last listener only. */
  onNeedPrivacyAuthorization(listener: PrivacyListener): void {
    this.listener = listener;
  }

  /** Asks for a permission that nobody decided yet. @returns the refusal, if any */
  async requirePermission(scope: PermissionScope): Promise<AuthorizationRefusal | undefined> {
    const known = this.state.permission(scope);
    if (known === 'granted') return undefined;
    if (known === 'refused') return { kind: 'permission-refused' };
    const question = this.permissionQuestion.get(scope) ?? this.askPermission(scope);
    this.permissionQuestion.set(scope, question);
    const granted = await question;
    this.permissionQuestion.delete(scope);
    return granted ? undefined : { kind: 'permission-refused' };
  }

  /** `authSetting` of `wx.getSetting`: only what was decided. */
  get authSetting(): Record<string, boolean> {
    const decided = Object.entries(this.state.settings.permissions).filter(
      ([, value]) => value !== 'undetermined',
    );
    return Object.fromEntries(decided.map(([scope, value]) => [scope, value === 'granted']));
  }

  /** The settings page, with a switch for each permission that was asked for. */
  async openSettings(): Promise<void> {
    const decided = Object.entries(this.state.settings.permissions) as [PermissionScope, Permission][];
    const list = document.createElement('div');
    list.className = 'phone-settings';
    if (decided.length === 0) list.textContent = '小程序还没有请求过任何权限';
    const changed = new Map<PermissionScope, Permission>();
    for (const [scope, value] of decided) {
      list.append(
        settingSwitch(SCOPE_NAMES[scope], value === 'granted', (on) => {
          changed.set(scope, on ? 'granted' : 'refused');
        }),
      );
    }
    await this.dialogs.ask({
      title: `“${this.app.name}”的设置`,
      body: list,
      buttons: [{ text: '返回小程序', answer: null, kind: 'primary' }],
      dismiss: null,
    });
    for (const [scope, value] of changed) this.state.setPermission(scope, value);
  }

  private async askPermission(scope: PermissionScope): Promise<boolean> {
    const { answer } = await this.dialogs.ask({
      title: `“${this.app.name}”申请`,
      body: SCOPE_NAMES[scope],
      buttons: [
        { text: '拒绝', answer: false },
        { text: '允许', answer: true, kind: 'primary' },
      ],
    });
    this.state.setPermission(scope, answer ? 'granted' : 'refused');
    return answer;
  }

  private askPage(listener: PrivacyListener, referrer: string): Promise<boolean> {
    return new Promise((resolve) => {
      listener(
        ({ event, buttonId = '' }) => {
          if (event === 'disagree') resolve(false);
          // The basic library checks that a finger was there (wx.onNeedPrivacyAuthorization, buttonId).
          else if (event === 'agree' && this.agreedButtons.has(buttonId)) resolve(true);
          else if (event === 'agree') console.error(`no agree button with id "${buttonId}" was tapped`);
        },
        { referrer },
      );
    });
  }

  private async askPrivacy(referrer: string): Promise<boolean> {
    const { listener } = this;
    if (listener) return this.askPage(listener, referrer);
    const { answer } = await this.dialogs.ask({
      title: '用户隐私保护提示',
      body: `在使用“${this.app.name}”服务之前，请阅读并同意《${this.app.name}小程序隐私保护指引》`,
      buttons: [
        { text: '拒绝', answer: false },
        { text: '同意', answer: true, kind: 'primary' },
      ],
    });
    return answer;
  }
}

function settingSwitch(label: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const row = document.createElement('label');
  row.className = 'phone-settings__row';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.setAttribute('role', 'switch');
  box.checked = on;
  box.addEventListener('change', () => {
    change(box.checked);
  });
  row.append(label, box);
  return row;
}
