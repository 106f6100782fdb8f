/**
 * A failure in the platform's own words: the code string that travels to the SDK, and the number that the phone
 * sees. Codes and texts follow what wx-server-sdk 4.0.2 and public reports show; refuses personal data.
 */

/** Numbers as in the SDK's table (src/api/cloud/provider/tcb/config/error.config.ts) and WeChat's error page. */
export const PLATFORM_ERROR_NUMBERS = {
  SYS_ERR: -501001,
  INVALID_PARAM: -501007,
  INVALID_REQUEST_SOURCE: -501008,
  EXCEED_REQUEST_LIMIT: -501003,
  EXCEED_CONCURRENT_REQUEST_LIMIT: -501004,
  DATABASE_REQUEST_FAILED: -502001,
  DATABASE_INVALID_OPERRATOR: -502002, // spelled so on the wire
  DATABASE_COLLECTION_NOT_EXIST: -502005,
  DATABASE_TRANSACTION_CONFLICT: -501001,
  STORAGE_REQUEST_FAIL: -503001,
  STORAGE_EXCEED_AUTHORITY: -503002,
  STORAGE_FILE_NONEXIST: -503003,
  STORAGE_SIGN_PARAM_INVALID: -503004,
  FUNCTION_NOT_FOUND: -501000,
  FUNCTIONS_REQUEST_FAIL: -504001,
  FUNCTIONS_EXECUTE_FAIL: -504002,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: -504003,
} as const;

export type PlatformErrorCode = keyof typeof PLATFORM_ERROR_NUMBERS;

export class PlatformError extends Error {
  readonly code: PlatformErrorCode;

  constructor(code: PlatformErrorCode, message: string) {
    super(message);
    this.name = 'PlatformError';
    this.code = code;
  }
}

/** Wrong shape of a request. */
export function invalidParameter(message: string): PlatformError {
  return new PlatformError('INVALID_PARAM', message);
}

/** An operation that the database would refuse. */
export function databaseRefusal(message: string): PlatformError {
  return new PlatformError('DATABASE_REQUEST_FAILED', message);
}
