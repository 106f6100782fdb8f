/** One thing that is wrong with the mini program, said so that it can be found and mended. */

export interface Finding {
  /** Which check found it. */
  readonly check: string;
  /** Path from the project's root. */
  readonly path: string;
  /** One-based, where known. */
  readonly line?: number;
  readonly message: string;
}

export function describeFinding({ check, path, line, message }: Finding): string {
  return `${path}${line === undefined ? '' : `:${line}`}  ${message}  [${check}]`;
}

/** One-based line of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
