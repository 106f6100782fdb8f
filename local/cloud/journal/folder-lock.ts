/**
 * Keeps a second process out of a data folder. The lock is a socket that the kernel frees when its owner dies, even
 * by kill −9, so there are no stale lock files and no guessing about process ids. Refuses to wait: two owners at
 * once is a mistake to be told about.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`The data folder ${folder} is in use by another process`);
    this.name = 'FolderInUse';
  }
}

export interface FolderLock {
  release(): Promise<void>;
}

/** @throws FolderInUse */
export async function lockFolder(folder: string): Promise<FolderLock> {
  // Photos and names lie here: nobody else on this machine may look in.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const address = addressOf(realpathSync(folder));
  try {
    return await listen(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    // Abstract sockets and pipes die with their process; a socket file may outlive it.
    if (!isSocketFile(address) || (await answers(address))) throw new FolderInUse(folder);
    unlinkSync(address);
    return listen(address);
  }
}

function addressOf(folder: string): string {
  const name = `graduation-photo-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function isSocketFile(address: string): boolean {
  return address.endsWith('.sock');
}

function listen(address: string): Promise<FolderLock> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => {
      server.unref();
      resolve({
        release: () =>
          new Promise((released) => {
            server.close(() => {
              released();
            });
          }),
      });
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
