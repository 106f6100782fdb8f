/** Finds and starts Debian's Chromium. Refuses to download a browser; says how to install one instead. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @throws Error with the command to type when there is no Chromium */
export function findChromium(): string {
  const wanted = process.env['CHROMIUM'];
  const found = wanted === undefined ? CANDIDATES.find((path) => existsSync(path)) : wanted;
  if (found !== undefined && existsSync(found)) return found;
  throw new Error(
    `${wanted === undefined ? 'Chromium is not installed' : `CHROMIUM names no file: ${wanted}`}. ` +
      'Install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM to its path.',
  );
}

export interface LaunchOptions {
  /** A `.y4m` file that the webcam shows for the whole life of this browser. */
  readonly fakeCamera?: string;
}

export function launchChromium({ fakeCamera }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      // Containers run as root and have a small /dev/shm.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(fakeCamera === undefined ? [] : [`--use-file-for-fake-video-capture=${fakeCamera}`]),
    ],
  });
}
