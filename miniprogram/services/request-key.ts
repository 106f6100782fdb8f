/**
 * Keys by which the cloud recognises a request that is sent again. One key belongs to one intention of the person;
 * `step-requests.ts` knows for how long. Not a secret: the cloud ties it to the caller.
 */
import { uniqueName } from './unique-name';

/** 8–64 characters of A–Z a–z 0–9 _ -, as the cloud accepts them. */
export function newRequestKey(): string {
  return uniqueName();
}
