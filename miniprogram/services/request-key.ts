/**
 * Keys by which the cloud recognises a request that is sent again. One key belongs to one intention of the person;
 * `step-requests.ts` knows for how long. Not a secret: the cloud ties it to the caller.
 */

/** 8–64 characters of A–Z a–z 0–9 _ -, as the cloud accepts them. */
export function newRequestKey(): string {
  const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, '0');
  return `${Date.now().toString(36)}-${random()}${random()}`;
}
