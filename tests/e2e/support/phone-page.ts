/**
 * A phone in a test: opens the mini program in a window of a phone's size and does what a hand could do to it.
 * Collects every error of the page, so that no test passes over one.
 */
import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { type AlbumPicture } from '../../../local/phone/browser/phone/album';
// Also declares `globalThis.__phone` for what runs in the page.
import { type PhoneHooks } from '../../../local/phone/browser/phone/phone-hooks';
import { type CallLogEntry } from '../../../local/phone/browser/phone/call-log';
import {
  type Permission,
  type PermissionScope,
  type PhoneSettings,
} from '../../../local/phone/browser/phone/phone-state';
import { type RunningPhone } from '../../../local/phone/start-phone';
import { replaceWebcam } from './fake-camera';

/** Long enough for a machine that is busy with something else; what works answers within a second. */
const DEFAULT_TIMEOUT_MS = 30_000;

export interface PhonePageOptions {
  readonly width?: number;
  readonly height?: number;
  /** Whose phone: storage, files, album and permissions are kept apart. */
  readonly identity?: string;
  /** Page to launch with, `pages/x/x?query`. */
  readonly launch?: string;
  readonly settings?: Partial<PhoneSettings>;
  /** Longest wait for anything on the page, milliseconds. */
  readonly timeout?: number;
  /** Replace the webcam by a canvas (`showInCamera`). */
  readonly changeableCamera?: boolean;
  /** Another phone in the same test shares the browser but nothing else. */
  readonly context?: BrowserContext;
}

export class PhonePage {
  /** Errors that the mini program threw or logged. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    phone: RunningPhone,
    options: PhonePageOptions = {},
  ): Promise<PhonePage> {
    const context = options.context ?? (await browser.newContext());
    const page = await context.newPage();
    page.setDefaultTimeout(options.timeout ?? DEFAULT_TIMEOUT_MS);
    await page.setViewportSize({ width: options.width ?? 375, height: options.height ?? 812 });
    if (options.changeableCamera === true) await replaceWebcam(page);
    const identity = options.identity ?? 'student-1';
    if (options.settings) {
      // The settings must stand before the mini program starts, as on a phone that is taken out of a pocket.
      const entry = [`phone:${identity}:settings`, JSON.stringify(options.settings)] as const;
      await page.addInitScript(([key, value]) => {
        if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
      }, entry);
    }
    const opened = new PhonePage(page);
    const address = new URL(phone.appUrl);
    address.searchParams.set('identity', identity);
    if (options.launch !== undefined) address.searchParams.set('page', options.launch);
    await page.goto(address.href);
    await opened.started();
    return opened;
  }

  /** Waits until the first page stands. */
  async started(): Promise<void> {
    await this.page.waitForSelector('html[data-started]', { state: 'attached' });
  }

  async change(part: Partial<PhoneSettings>): Promise<void> {
    await this.page.evaluate((settings) => globalThis.__phone?.change(settings), part);
  }

  async setPermission(scope: PermissionScope, permission: Permission): Promise<void> {
    await this.page.evaluate((set) => globalThis.__phone?.setPermission(...set), [
      scope,
      permission,
    ] as const);
  }

  /** Home button and back. */
  async hide(): Promise<void> {
    await this.page.evaluate(() => globalThis.__phone?.hide());
  }

  async show(): Promise<void> {
    await this.page.evaluate(() => globalThis.__phone?.show());
  }

  /** The system kills the mini program and it is opened again. */
  async relaunch(launch?: string): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.page.evaluate((page) => globalThis.__phone?.relaunch(page), launch);
    await loaded;
    await this.started();
  }

  pages(): Promise<PhoneHooks['pages']> {
    return this.page.evaluate(() => globalThis.__phone?.pages ?? []);
  }

  /** Vibrations, calls, copies, shares. */
  log(): Promise<readonly CallLogEntry[]> {
    return this.page.evaluate(() => globalThis.__phone?.log ?? []);
  }

  /** Names and sizes of the album's pictures. */
  album(): Promise<readonly (Pick<AlbumPicture, 'name'> & { readonly bytes: number })[]> {
    return this.page.evaluate(() =>
      (globalThis.__phone?.album ?? []).map(({ name, blob }) => ({ name, bytes: blob.size })),
    );
  }

  /** A button by its accessible name, on the page or in a dialog on top of it. */
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  get title(): Locator {
    return this.page.locator('.phone-bar__title');
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
