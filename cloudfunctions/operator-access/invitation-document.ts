/**
 * An invitation as it is stored: its id is a digest of the code (100 random bits, so that a plain digest cannot be
 * reversed by trying), the code itself is nowhere. Good for one person, until it expires or is taken back, and no longer
 * than its inviter is a member.
 */
import { randomInt } from 'node:crypto';
import { derivedId } from '../identity/unguessable-id';
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

/** A fresh code with its document; the code is shown once. */
export function newInvitation(
  { membership, label, validHours, invitedBy }: NewInvitation,
  now: Instant,
): { readonly code: string; readonly document: InvitationDocument } {
  const code = Array.from(
    { length: INVITATION_CHARACTERS },
    () => INVITATION_ALPHABET[randomInt(INVITATION_ALPHABET.length)],
  ).join('');
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
  return { code: formatInvitationCode(code), document };
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
