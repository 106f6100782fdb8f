/**
 * Everything about the simulated phone that is not the mini program: screen, theme, font size, network,
 * permissions, privacy agreement and what the camera sees. Kept per identity, so that two identities are
 * two phones. Tells listeners about every change; knows nothing of `wx`.
 */

export type PermissionScope =
  'scope.camera' | 'scope.writePhotosAlbum' | 'scope.record' | 'scope.userLocation';
export type Permission = 'undetermined' | 'granted' | 'refused';
export type PrivacyAnswer = 'undetermined' | 'agreed';
export type NetworkType = 'wifi' | '4g' | '2g' | 'none';
export type Theme = 'light' | 'dark';

export interface PhoneSettings {
  readonly theme: Theme;
  /** WeChat's own scale: 0.9 small … 1.0 … 1.45 largest (Android 8.0.x offers up to about 1.45). */
  readonly fontScale: number;
  readonly network: NetworkType;
  /** iOS takes photos as PNG and compresses JPEG only; Android takes JPEG. */
  readonly platform: 'android' | 'ios';
  readonly permissions: Readonly<Partial<Record<PermissionScope, Permission>>>;
  readonly privacy: PrivacyAnswer;
  /** Address of a picture that the camera sees instead of the webcam. */
  readonly cameraPicture: string | null;
  /** Address of a picture that `wx.scanCode` sees instead of the camera. */
  readonly scanPicture: string | null;
  /** Addresses of pictures that the album and chat choosers hand over without asking. */
  readonly chooserPictures: readonly string[];
  /** Bytes per second of an upload or download; 0 means unlimited. */
  readonly bandwidth: number;
  /** Height of the simulated home indicator and notch. */
  readonly safeTop: number;
  readonly safeBottom: number;
}

const DEFAULTS: PhoneSettings = {
  theme: 'light',
  fontScale: 1,
  network: 'wifi',
  platform: 'android',
  permissions: {},
  privacy: 'undetermined',
  cameraPicture: null,
  scanPicture: null,
  chooserPictures: [],
  bandwidth: 0,
  safeTop: 24,
  safeBottom: 0,
};

export class PhoneState {
  private current: PhoneSettings;
  private readonly listeners = new Set<(now: PhoneSettings, before: PhoneSettings) => void>();

  /** @param identity whose phone this is; settings and storage are kept under it */
  constructor(readonly identity: string) {
    this.current = { ...DEFAULTS, ...this.read() };
  }

  get settings(): PhoneSettings {
    return this.current;
  }

  get online(): boolean {
    return this.current.network !== 'none';
  }

  change(part: Partial<PhoneSettings>): void {
    const before = this.current;
    this.current = { ...before, ...part };
    localStorage.setItem(this.key, JSON.stringify(this.current));
    for (const listener of this.listeners) listener(this.current, before);
  }

  /** @returns what stops the listening */
  onChange(listener: (now: PhoneSettings, before: PhoneSettings) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  permission(scope: PermissionScope): Permission {
    return this.current.permissions[scope] ?? 'undetermined';
  }

  setPermission(scope: PermissionScope, permission: Permission): void {
    this.change({ permissions: { ...this.current.permissions, [scope]: permission } });
  }

  private get key(): string {
    return `phone:${this.identity}:settings`;
  }

  private read(): Partial<PhoneSettings> {
    const text = localStorage.getItem(this.key);
    return text === null ? {} : (JSON.parse(text) as Partial<PhoneSettings>);
  }
}
