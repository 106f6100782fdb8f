/**
 * What went wrong, in Chinese and with the next step: wrong options, refusals of the cloud, files of this PC that cannot
 * be read or written, a cloud that does not answer. Refuses to swallow a bug: what it does not know is null.
 */
import { nextAtPc } from './refused-at-pc';
import { CLI_WORDS, FIELD_PROBLEM_WORDS, FILE_WORDS, invalidValue, SESSION_WORDS } from './words';
import { CloudClientError } from '../../cloud/cloud-client';
import { errorWords } from '../../../miniprogram/copy/error-words';
import { BATCH_EDIT_WORDS } from '../../../miniprogram/copy/operator-batch-words';
import { type ErrorDetails, isDomainError } from '../../../miniprogram/shared/errors';

export interface RefusalText {
  readonly text: string;
  /** For --json. */
  readonly json: { readonly refused: string; readonly details?: ErrorDetails };
}

/**
 * @param identity who asked
 * @param url where
 * @returns null for a bug
 */
export function refusalText(error: unknown, identity: string, url: string): RefusalText | null {
  if (isDomainError(error)) {
    const { code, details } = error;
    return { text: refusedWords(code, details, identity), json: { refused: code, details } };
  }
  if (error instanceof CloudClientError) {
    const text = error.code === 'NETWORK' ? SESSION_WORDS.noAnswer(url) : error.errMsg;
    return { text, json: { refused: error.code } };
  }
  const file = fileProblem(error);
  return file === null ? null : { text: file, json: { refused: 'FILE', details: { problem: file } } };
}

function refusedWords(
  code: Parameters<typeof errorWords>[0],
  details: ErrorDetails,
  identity: string,
): string {
  if (code === 'INVALID_REQUEST') return invalidValue(fieldWords(String(details.path)));
  const { title, next } = errorWords(code, details);
  const number = code === 'INTERNAL' ? `（编号 ${String(details.requestId)}）` : '';
  return `${title}（${code}）\n${nextAtPc(code, details, identity) ?? next}${number}`;
}

/** The last name of a path that there are words for; otherwise the path itself, which programmers understand. */
export function fieldWords(path: string): string {
  const known: Readonly<Record<string, string>> = { ...BATCH_EDIT_WORDS.problems, ...FIELD_PROBLEM_WORDS };
  const name = path
    .split('.')
    .reverse()
    .find((each) => each in known);
  return name === undefined ? path : known[name]!;
}

/** Node's errors about files carry the path and a code. */
function fileProblem(error: unknown): string | null {
  const { code = '', path: known } = nodeError(error);
  // Reading a folder says no path.
  const path = known ?? '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return FILE_WORDS.missing(path);
    case 'EISDIR':
      return FILE_WORDS.folder(path);
    case 'EBUSY':
      return FILE_WORDS.heldOpen(path);
    case 'EPERM':
      return FILE_WORDS.notAllowedOrHeldOpen(path);
    case 'EACCES':
    case 'EROFS':
      return FILE_WORDS.notAllowed(path);
    case 'ENOSPC':
      return FILE_WORDS.full(path);
    case 'EEXIST':
      return FILE_WORDS.exists(path);
    default:
      return null;
  }
}

/** What Node's parseArgs says in English, in Chinese; null for any other error. */
export function optionProblem(error: unknown): string | null {
  const { code, message = '' } = nodeError(error);
  const name = /--?([\w-]+)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return CLI_WORDS.unknownOption(name);
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return null;
  return message.includes('does not take an argument')
    ? CLI_WORDS.optionTakesNoValue(name)
    : CLI_WORDS.optionNeedsValue(name);
}

/** Node marks its errors by code; where they were made does not matter, so nobody asks for their class. */
function nodeError(error: unknown): {
  readonly code?: string;
  readonly path?: string;
  readonly message?: string;
} {
  return typeof error === 'object' && error !== null ? error : {};
}
