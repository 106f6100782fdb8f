/** What the commands' exit codes mean, in one place (docs of each command quote it). */
export const EXIT = {
  done: 0,
  otherFailure: 1,
  photoRefused: 2,
  codeOrIdentityRefused: 3,
} as const;
