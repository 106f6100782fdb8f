/**
 * An invitation as it is stored: its id is a digest of the code (100 random bits, so that a plain digest cannot be
 * reversed by trying), the code itself is nowhere. Good for one person, until it expires or is taken back, and no longer
 * than its inviter is a member.
 */
import { createHmac } from 'node:crypto';
import { derivedId, newId } from '../identity/unguessable-id';
import { type Call, secondsAfter } from '../requests/call';
import { type InvitationView } from '../../miniprogram/shared/contract/operator/access';
import { type Instant, type InvitationId } from '../../miniprogram/shared/identity/ids';
import {
  formatInvitationCode,
  INVITATION_ALPHABET,
  INVITATION_CHARACTERS,
  normaliseInvitationCode,
} from '../../miniprogram/shared/roles/invitation-code';
import { type Membership } from '../../miniprogram/shared/roles/membership';
import { type Inviter, schoolOf } from './member-document';

export interface InvitationDocument {
  readonly _id: InvitationId;
  readonly membership: Membership;
  readonly schoolCode: string | null;
  readonly label: string;
  readonly invitedBy: Inviter;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export interface NewInvitation {
  readonly membership: Membership;
  readonly label: string;
  readonly validHours: number;
  readonly invitedBy: Inviter;
}

/**
 * What a code follows from, so that a lost answer can give it again: a random number that may be stored, and a key that
 * is stored nowhere. Neither gives the code without the other, and who knows keys of requests only cannot guess it.
 */
export interface CodeOrigin {
  readonly random: string;
  readonly key: string;
}

/** A fresh code with its document; the code is shown to nobody but the inviter. */
export function newInvitation(
  { membership, label, validHours, invitedBy }: NewInvitation,
  now: Instant,
  origin: CodeOrigin = { random: newId(), key: newId() },
): { readonly code: string; readonly document: InvitationDocument } {
  const code = invitationCode(origin);
  const document: InvitationDocument = {
    _id: invitationIdOf(code),
    membership,
    schoolCode: schoolOf(membership),
    label,
    invitedBy,
    createdAt: now,
    expiresAt: secondsAfter(now, validHours * 3600),
    usedAt: null,
    revokedAt: null,
  };
  return { code, document };
}

/** As people pass it on. */
export function invitationCode({ random, key }: CodeOrigin): string {
  const bytes = createHmac('sha256', key).update(random).digest().subarray(0, INVITATION_CHARACTERS);
  // 256 is a multiple of 32: every character is as likely as the next.
  const characters = Array.from(bytes, (byte) => INVITATION_ALPHABET[byte % INVITATION_ALPHABET.length]);
  return formatInvitationCode(characters.join(''));
}

export function invitationIdOf(code: string): InvitationId {
  return derivedId('invitation', normaliseInvitationCode(code)) as InvitationId;
}

export function invitationState(
  { usedAt, revokedAt, expiresAt }: InvitationDocument,
  now: Instant,
): InvitationView['state'] {
  if (usedAt !== null) return 'used';
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}

export function toInvitationView(document: InvitationDocument, { now }: Pick<Call, 'now'>): InvitationView {
  const { _id: id, membership, label, createdAt, expiresAt } = document;
  return { id, membership, label, createdAt, expiresAt, state: invitationState(document, now) };
}
