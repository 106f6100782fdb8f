/**
 * The code of an invitation as people pass it on: read out on the telephone, typed from paper. Crockford's alphabet
 * has no I, L, O, U, so what looks alike means the same. Refuses to make codes: that takes randomness.
 */

/** Crockford's base 32: 5 bits each. */
export const INVITATION_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 bits: nothing that could be found by trying. */
export const INVITATION_CHARACTERS = 20;
const GROUP = 4;

/** 7K2M9QXB… → 7K2M-9QXB-… */
export function formatInvitationCode(code: string): string {
  const groups = code.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
  return groups.join('-');
}

/** One spelling for whatever was typed: upper case, no spaces and dashes, O read as 0, I and L as 1. */
export function normaliseInvitationCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
