/** What an action was refused with; 'none' where it succeeded. A bug (any other error) is thrown on. */
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';

export async function refusalOf(action: Promise<unknown> | (() => unknown)): Promise<ErrorCode | 'none'> {
  try {
    await (typeof action === 'function' ? action() : action);
    return 'none';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
