/**
 * What `wx.cloud` is on a phone, for the browser phone, the commands and the tests: one identity, calls, files.
 * Runs in browsers and in Node (needs only fetch). Refuses to change its identity: another person is another client.
 */

/** A failure with the platform's code, number and text. */
export class CloudClientError extends Error {
  readonly code: string;
  readonly errCode: number;
  readonly errMsg: string;

  constructor(api: string, code: string, errCode: number, message: string) {
    super(`${api}:fail ${code} ${message}`);
    this.name = 'CloudClientError';
    this.code = code;
    this.errCode = errCode;
    this.errMsg = this.message;
  }
}

export interface CloudClientOptions {
  /** Where the local cloud listens, e.g. `http://127.0.0.1:9100`; empty in a page that it serves itself. */
  readonly url: string;
  readonly openid: string;
  readonly appid?: string;
}

export interface FileLink {
  readonly fileID: string;
  /** `SUCCESS` or why there is no link. */
  readonly code: string;
  readonly tempFileURL: string;
  readonly maxAge: number;
}

export interface CloudClient {
  readonly openid: string;
  /** Calls a cloud function. The text of a call is at most 100 KB, as on the platform. */
  callFunction(name: string, data: object): Promise<{ readonly result: unknown; readonly requestId: string }>;
  /** Uploads bytes under the client's own identity and returns the file's id. */
  uploadFile(cloudPath: string, content: Uint8Array | Blob): Promise<{ readonly fileID: string }>;
  getTempFileURL(fileIDs: readonly string[], maxAgeSeconds?: number): Promise<readonly FileLink[]>;
  downloadFile(fileID: string): Promise<Uint8Array>;
  deleteFile(
    fileIDs: readonly string[],
  ): Promise<readonly { readonly fileID: string; readonly code: string }[]>;
}

/** Carries who the phone is, as signed at login. */
export const SESSION_HEADER = 'x-cloud-session';
const JSON_HEADERS = { 'content-type': 'application/json' };
const LINK_SECONDS = 600;

/** A client of the local cloud; logs in on its first request. */
export function createCloudClient({ url, openid, appid }: CloudClientOptions): CloudClient {
  let login: Promise<string> | undefined;

  const session = (): Promise<string> => {
    login ??= send('login', `${url}/client/login`, {
      method: 'POST',
      headers: JSON_HEADERS,
      body: JSON.stringify({ openid, appid }),
    }).then((answer) => (answer as { session: string }).session);
    // A login that failed (the cloud is starting) is tried again by the next request.
    login.catch(() => (login = undefined));
    return login;
  };
  const post = async (api: string, path: string, body: object): Promise<unknown> =>
    send(api, `${url}/client/${path}`, {
      method: 'POST',
      headers: { ...JSON_HEADERS, [SESSION_HEADER]: await session() },
      body: JSON.stringify(body),
    });

  const client: CloudClient = {
    openid,
    callFunction: async (name, data) =>
      (await post('cloud.callFunction', 'call', { name, data })) as { result: unknown; requestId: string },
    uploadFile: async (cloudPath, content) =>
      (await send('cloud.uploadFile', `${url}/client/file?path=${encodeURIComponent(cloudPath)}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream', [SESSION_HEADER]: await session() },
        body: content as Blob,
      })) as { fileID: string },
    async getTempFileURL(fileIDs, maxAgeSeconds = LINK_SECONDS) {
      const fileList = fileIDs.map((fileID) => ({ fileID, maxAge: maxAgeSeconds }));
      return ((await post('cloud.getTempFileURL', 'file-urls', { fileList })) as { fileList: FileLink[] })
        .fileList;
    },
    async downloadFile(fileID) {
      const [link] = await client.getTempFileURL([fileID]);
      if (link?.code !== 'SUCCESS') {
        throw new CloudClientError('cloud.downloadFile', link?.code ?? 'SYS_ERR', -1, 'no such file');
      }
      const response = await fetch(link.tempFileURL);
      if (!response.ok) throw new CloudClientError('cloud.downloadFile', 'STORAGE_REQUEST_FAIL', -503001, '');
      return new Uint8Array(await response.arrayBuffer());
    },
    deleteFile: async (fileIDs) =>
      (
        (await post('cloud.deleteFile', 'delete-files', { fileList: fileIDs })) as {
          fileList: { fileID: string; code: string }[];
        }
      ).fileList,
  };
  return client;
}

async function send(api: string, url: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new CloudClientError(api, 'NETWORK', -1, 'the cloud does not answer');
  }
  const answer = (await response.json()) as { code?: string; errCode?: number; errMsg?: string };
  if (response.ok) return answer;
  throw new CloudClientError(api, answer.code ?? 'SYS_ERR', answer.errCode ?? -1, answer.errMsg ?? '');
}
