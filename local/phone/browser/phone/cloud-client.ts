/**
 * What the phone needs of the embedded cloud's client endpoints. Every call carries the identity that the
 * person chose for this phone.
 */

export interface CloudFailure {
  readonly errCode: number;
  readonly errMsg: string;
}

export class CloudError extends Error {
  constructor(readonly failure: CloudFailure) {
    super(failure.errMsg);
  }
}

export interface UploadRequest {
  readonly cloudPath: string;
  readonly file: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (sent: number, total: number) => void;
}

export interface TemporaryAddress {
  readonly fileID: string;
  readonly tempFileURL: string;
  readonly status: number;
  readonly errMsg: string;
}

export interface CloudClient {
  callFunction(name: string, data: unknown, signal: AbortSignal): Promise<unknown>;
  uploadFile(request: UploadRequest): Promise<{ readonly fileID: string; readonly statusCode: number }>;
  downloadFile(fileID: string): Promise<Blob>;
  getTempFileURL(fileIDs: readonly string[]): Promise<readonly TemporaryAddress[]>;
  deleteFile(fileIDs: readonly string[]): Promise<readonly object[]>;
}
