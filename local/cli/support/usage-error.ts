/** The arguments are wrong; the message says how. Anything else that is thrown is a bug and shows its stack. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
