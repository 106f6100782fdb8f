/**
 * `window.__phone`: what the phone frame and tests do to the phone from outside. Everything a hand could do
 * to a real phone, and nothing that would let a test skip what the mini program must do.
 */
import { type AlbumPicture } from './album';
import { type CallLogEntry } from './call-log';
import { type Phone } from './phone';
import { type Permission, type PermissionScope, type PhoneSettings } from './phone-state';

export interface PhoneHooks {
  readonly identity: string;
  readonly settings: PhoneSettings;
  /** Network, theme, font scale, pictures, bandwidth … */
  change(part: Partial<PhoneSettings>): void;
  setPermission(scope: PermissionScope, permission: Permission): void;
  /** Home button: the mini program goes to the background and goes on living. */
  hide(): void;
  /** Back from the background. */
  show(): void;
  /** The system kills the mini program; it starts again as from the desktop, with its storage. */
  relaunch(page?: string): void;
  /** Removes storage, files and settings of this identity and starts again. */
  reset(): Promise<void>;
  share(): void;
  readonly pages: readonly { readonly route: string; readonly query: Readonly<Record<string, string>> }[];
  readonly log: readonly CallLogEntry[];
  readonly album: readonly AlbumPicture[];
  onChange(listener: () => void): void;
}

declare global {
  var __phone: PhoneHooks | undefined;
}

export function installHooks(phone: Phone): void {
  const { state, pages, app } = phone;
  const relaunch = (page?: string): void => {
    const address = new URL(location.href);
    if (page === undefined) address.searchParams.delete('page');
    else address.searchParams.set('page', page);
    location.replace(address);
    if (address.href === location.href) location.reload();
  };
  globalThis.__phone = {
    identity: state.identity,
    get settings() {
      return state.settings;
    },
    change: (part) => {
      state.change(part);
    },
    setPermission: (scope, permission) => {
      state.setPermission(scope, permission);
    },
    hide: () => {
      phone.leave();
    },
    show: () => {
      if (app.isVisible) return;
      delete document.documentElement.dataset['background'];
      app.show();
      pages.showTop();
    },
    relaunch,
    reset: async () => {
      const own = Object.keys(localStorage).filter((key) => key.startsWith(`phone:${state.identity}:`));
      for (const key of own) localStorage.removeItem(key);
      for (const path of phone.files.list('')) phone.files.remove(path);
      await phone.album.clear();
      relaunch();
    },
    share: () => {
      phone.share();
    },
    get pages() {
      return pages.pages.map(({ route, query }) => ({ route, query }));
    },
    get log() {
      return phone.log.all;
    },
    get album() {
      return phone.album.pictures;
    },
    onChange: (listener) => {
      state.onChange(listener);
      pages.onChange(listener);
      phone.log.onChange(listener);
      phone.album.onChange(listener);
    },
  };
}
