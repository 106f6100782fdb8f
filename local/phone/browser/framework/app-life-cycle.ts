/**
 * The mini program as a whole: `App()`, `getApp()`, launch, show, hide and the listeners of
 * `wx.onAppShow` and its kin. Refuses a second `App()`.
 */

export interface LaunchOptions {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** 1001: opened from the list of recently used mini programs; 1047: by a mini program code. */
  readonly scene: number;
  readonly referrerInfo: object;
}

interface AppDefinition {
  onLaunch?(options: LaunchOptions): void;
  onShow?(options: LaunchOptions): void;
  onHide?(): void;
  onError?(message: string): void;
  onUnhandledRejection?(event: { reason: unknown; promise: Promise<unknown> }): void;
  onThemeChange?(event: { theme: string }): void;
  [member: string]: unknown;
}

type AppEvent = 'show' | 'hide' | 'error' | 'unhandledRejection' | 'themeChange';
type Listener = (value: unknown) => void;

export class AppLifeCycle {
  private app: AppDefinition | undefined;
  private visible = false;
  private readonly listeners = new Map<AppEvent, Set<Listener>>();

  constructor(readonly launchOptions: LaunchOptions) {}

  get isVisible(): boolean {
    return this.visible;
  }

  /** WeChat's global `App`. */
  readonly define = (definition: AppDefinition): void => {
    if (this.app) throw new Error('App() may be called once only');
    this.app = definition;
  };

  /** WeChat's global `getApp`. */
  readonly instance = (): AppDefinition => {
    this.app ??= {};
    return this.app;
  };

  launch(): void {
    this.instance().onLaunch?.(this.launchOptions);
    this.show();
  }

  show(): void {
    if (this.visible) return;
    this.visible = true;
    this.instance().onShow?.(this.launchOptions);
    this.emit('show', this.launchOptions);
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.instance().onHide?.();
    this.emit('hide', undefined);
  }

  themeChanged(theme: string): void {
    this.instance().onThemeChange?.({ theme });
    this.emit('themeChange', { theme });
  }

  failed(error: unknown): void {
    const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
    this.instance().onError?.(message);
    this.emit('error', message);
  }

  rejected(reason: unknown, promise: Promise<unknown>): void {
    this.instance().onUnhandledRejection?.({ reason, promise });
    this.emit('unhandledRejection', { reason, promise });
  }

  on(event: AppEvent, listener: Listener): void {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  off(event: AppEvent, listener?: Listener): void {
    if (listener) this.listeners.get(event)?.delete(listener);
    else this.listeners.delete(event);
  }

  private emit(event: AppEvent, value: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(value);
  }
}
