/**
 * The one way into the embedded cloud: opens a data folder, serves the deployed functions on 127.0.0.1 and speaks
 * the protocol of wx-server-sdk 4.0.2, so that the functions run unmodified. Refuses to listen anywhere else: it
 * believes every identity it is told.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { type CollectionDefinition, DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { type CloudClient, createCloudClient } from './cloud-client';
import { type CollectionShape, DocumentStore, type StoreRecord } from './documents/document-store';
import { Transactions } from './documents/transactions';
import { FunctionCatalog } from './instances/function-catalog';
import { sdkEnvironment } from './instances/function-instance';
import { FunctionPools } from './instances/function-pools';
import { writeHostFile } from './instances/host-file';
import { type LogLine, LogLines } from './instances/log-lines';
import { syncFolder } from './journal/durable-files';
import { lockFolder } from './journal/folder-lock';
import { openJournal } from './journal/journal';
import { adminEndpoint } from './protocol/admin-endpoint';
import { clientEndpoint } from './protocol/client-endpoint';
import { databaseActions } from './protocol/database-actions';
import { createRouter } from './protocol/router';
import { createSessions } from './protocol/sessions';
import { createStorageLinks, storageActions } from './protocol/storage-actions';
import { storageEndpoint, type UploadTrouble } from './protocol/storage-endpoint';
import { type WechatServer } from './protocol/wechat-interfaces';
import { ObjectStore, OBJECTS_COLLECTION } from './storage/object-store';
import { createSigner } from './storage/signer';
import { keptSecret } from './storage/secret';
import { startTimers } from './timers/timers';

export interface CloudOptions {
  /** Everything that is kept; one process at a time. */
  readonly dataDir: string;
  /** Built functions, e.g. dist/cloudfunctions. */
  readonly functionsDir: string;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  readonly schema?: readonly CollectionDefinition[];
  /** Environment variables per function, as set in the platform's console. */
  readonly environment?: (functionName: string) => Readonly<Record<string, string>>;
  /** Which openids may log in; everybody when left out. */
  readonly identityCheck?: (openid: string) => boolean;
  readonly maximumInstances?: number;
  readonly onLog?: (line: LogLine) => void;
  /** Origins of pages on other ports that may talk to this cloud, e.g. `http://127.0.0.1:5173`. */
  readonly allowedOrigins?: readonly string[];
  /** Answers everything that is not the cloud's: the pages of `npm start` live at the same origin this way. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Plays WeChat's own interfaces for a test; without it every one of them is refused. */
  readonly wechat?: WechatServer;
  /** Plays a storage in trouble for a test; without it every file of a function is stored. */
  readonly uploadTrouble?: UploadTrouble;
  /** False: timers fire by hand only, so that nothing happens that a test did not ask for. */
  readonly timers?: boolean;
  readonly transactionLimitMs?: number;
  readonly compactAfterBytes?: number;
  readonly now?: () => Date;
}

export interface RunningCloud {
  readonly url: string;
  readonly port: number;
  /** The cloud as one person's phone sees it. */
  client(openid: string): CloudClient;
  /** Fires a timer of config.json now; resolves with the function's answer. */
  fireTimer(functionName: string, triggerName: string): Promise<unknown>;
  /** Environment for a process that uses wx-server-sdk as administrator (seeds, operator commands). */
  administratorEnvironment(): Readonly<Record<string, string>>;
  /** The last lines that functions printed. */
  logs(): readonly LogLine[];
  stats(): CloudStats;
  /** Lets running calls finish for a moment, then frees processes, port and folder. */
  close(): Promise<void>;
}

export interface CloudStats {
  readonly documents: Readonly<Record<string, number>>;
  readonly instances: Readonly<Record<string, number>>;
  readonly openTransactions: number;
  readonly recovery: { readonly records: number; readonly tornBytes: number };
}

/** The appid of the local cloud; WeChat's begin with wx too. */
export const LOCAL_APPID = 'wx0000000000local';

const DEFAULT_INSTANCES = 4;
const CLOSING_GRACE_MS = 2000;
const KEEP_ALIVE_MS = 10 * 60 * 1000;

/** @throws FolderInUse, DamagedFile */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
  const now = options.now ?? (() => new Date());
  const lock = await lockFolder(options.dataDir);
  try {
    const data = await openData(options);
    const running = await serve(options, data, now);
    return {
      ...running,
      async close() {
        await running.close();
        await data.journal.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openData(options: CloudOptions) {
  const shapes = (options.schema ?? DATABASE_SCHEMA).map(toShape);
  const store: DocumentStore = new DocumentStore(
    [...shapes, { name: OBJECTS_COLLECTION, indexes: [] }],
    (record) => {
      journal.append(record);
    },
  );
  const journal = await openJournal<StoreRecord>({
    folder: join(options.dataDir, 'journal'),
    replay: (record) => {
      store.replay(record);
    },
    state: () => stateOf(store),
    ...(options.compactAfterBytes === undefined ? {} : { compactAfterBytes: options.compactAfterBytes }),
  });
  const settled = () => journal.settled();
  const objects = new ObjectStore(join(options.dataDir, 'objects'), store, settled);
  await objects.open();
  // The folders themselves must survive a power cut, too.
  await syncFolder(options.dataDir);
  await syncFolder(dirname(resolve(options.dataDir)));
  return { store, journal, objects, settled };
}

type OpenData = Awaited<ReturnType<typeof openData>>;

async function serve(options: CloudOptions, data: OpenData, now: () => Date): Promise<RunningCloud> {
  const { store, journal, objects, settled } = data;
  const secret = keptSecret(join(options.dataDir, 'secret'));
  const administratorToken = randomBytes(24).toString('hex');
  const logs = new LogLines(options.onLog ?? (() => undefined));
  const catalog = new FunctionCatalog(options.functionsDir);
  const transactions = new Transactions(store, options.transactionLimitMs);
  const signer = createSigner(secret, now);
  const links = createStorageLinks(() => url, signer, now);
  const pools = new FunctionPools(
    catalog,
    {
      adminUrl: () => `${url}/admin`,
      hostFile: writeHostFile(join(options.dataDir, 'runtime')),
      appid: LOCAL_APPID,
      maximumInstances: options.maximumInstances ?? DEFAULT_INSTANCES,
      variables: options.environment ?? (() => ({})),
    },
    logs,
  );
  const admin = adminEndpoint({
    actions: { ...databaseActions(store, transactions, now), ...storageActions(objects, links) },
    pools,
    administratorToken,
    settled,
    wechat: options.wechat,
  });
  const storage = storageEndpoint(objects, signer, options.uploadTrouble);
  const sessions = createSessions(secret, options.identityCheck ?? (() => true), LOCAL_APPID);
  const phone = clientEndpoint({ sessions, pools, objects, links });

  const server = createServer(
    createRouter({
      port: () => port,
      allowedOrigins: options.allowedOrigins ?? [],
      admin,
      storage,
      phone,
      fallback: options.fallback,
    }),
  );
  // Longer than any client keeps an idle connection: otherwise a request may meet a closing one (ECONNRESET).
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Settings that are wrong end the start here, before anything listens.
  catalog.all();
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const timers = startTimers(catalog, pools, now, options.timers ?? true);

  return {
    url,
    port,
    client: (openid) => createCloudClient({ url, openid }),
    fireTimer: (functionName, triggerName) => timers.fire(functionName, triggerName),
    administratorEnvironment: () => sdkEnvironment(`${url}/admin`, administratorToken),
    logs: () => logs.all(),
    stats: () => ({
      documents: Object.fromEntries(store.names.map((name) => [name, store.collection(name).size])),
      instances: pools.instances,
      openTransactions: transactions.size,
      recovery: journal.recovery,
    }),
    async close() {
      timers.stop();
      await pools.close(CLOSING_GRACE_MS);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function toShape({ name, indexes }: CollectionDefinition): CollectionShape {
  return {
    name,
    indexes: indexes.map((index) => ({
      name: index.name,
      unique: index.unique,
      paths: index.fields.map(({ path }) => path),
    })),
  };
}

/** One record per document, after the collections themselves. */
function* stateOf(store: DocumentStore): Generator<StoreRecord> {
  const contents = store.contents();
  for (const { name } of contents) yield { created: name };
  for (const { name, documents } of contents) {
    for (const document of documents) yield { changes: [{ collection: name, put: [document], remove: [] }] };
  }
}
