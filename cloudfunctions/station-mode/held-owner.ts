/**
 * Whose a submission is between the teacher's phone and the student's own: nobody's openid, but a name that follows
 * from the 学籍. Who binds the code on an own phone, with the ID tail, takes it over.
 */
import { derivedId } from '../identity/unguessable-id';

/** WeChat's openids are 28 characters and never look like this. */
const HELD = /^held-[0-9a-f]{32}$/;

export function heldOwnerOf(enrolmentKey: string): string {
  return `held-${derivedId('held', enrolmentKey)}`;
}

export function isHeldOwner(openid: string): boolean {
  return HELD.test(openid);
}
