/** Talks to the embedded cloud's client endpoints, which the phone's server passes on under `/cloud`. */
import { CloudError, type CloudClient, type CloudFailure, type UploadRequest } from './cloud-client';

export function createCloudClient(openid: string): CloudClient {
  const headers = { 'x-openid': openid };
  const post = async (
    path: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(`/cloud/client/${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new CloudError(answer as unknown as CloudFailure);
    return answer;
  };
  return {
    callFunction: async (name, data, signal) =>
      (await post('call-function', { name, data }, signal))['result'],
    uploadFile: (request) => upload(request, headers),
    downloadFile: async (fileID) => {
      const response = await fetch(`/cloud/client/file?id=${encodeURIComponent(fileID)}`, { headers });
      if (!response.ok) throw new CloudError((await response.json()) as CloudFailure);
      return response.blob();
    },
    getTempFileURL: async (fileList) => (await post('temp-file-url', { fileList }))['fileList'] as never,
    deleteFile: async (fileList) => (await post('delete-file', { fileList }))['fileList'] as never,
  };
}

/** XMLHttpRequest because `fetch` reports no upload progress. */
function upload(
  { cloudPath, file, signal, onProgress }: UploadRequest,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly fileID: string; readonly statusCode: number }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/cloud/client/file?path=${encodeURIComponent(cloudPath)}`);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      onProgress(event.loaded, event.total);
    });
    request.addEventListener('load', () => {
      if (request.status < 300) {
        resolve({ ...(request.response as { fileID: string }), statusCode: request.status });
      } else {
        reject(new CloudError(request.response as CloudFailure));
      }
    });
    request.addEventListener('error', () => {
      reject(new Error('upload failed'));
    });
    signal.addEventListener('abort', () => {
      request.abort();
    });
    request.send(file);
  });
}
