/**
 * Keys whose private half everybody has, because it is committed or printed in docs/capture-code.md. A function in a
 * real environment that trusted one would accept codes that anybody can make.
 */
export const EVERYBODYS_PUBLIC_KEYS: readonly string[] = [
  // The demonstration's: local/demo/school-key.json.
  'LouH5BPAJi6UTZic8Jd--cGXlMiF2Hwv7IBcH2t68bc',
  // The worked example: seed of 32 zero bytes.
  'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik',
];

/** As the embedded cloud names itself; on the platform the variable is set by the platform alone. */
const EMBEDDED_CLOUD = 'local';

export function isEmbeddedCloud(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['SCF_NAMESPACE'] === EMBEDDED_CLOUD;
}
