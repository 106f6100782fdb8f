/**
 * The ids of all operators in one document, changed with every joining and leaving: a count that holds when two
 * operators leave at the same moment. Refuses to let the last one go.
 */
import { type TransactionScope } from '../platform/transaction';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant, type MemberId } from '../../miniprogram/shared/identity/ids';

interface OperatorsDocument {
  readonly _id: 'operators';
  readonly members: readonly MemberId[];
  /** The collection's documents end sometime; this one does not. */
  readonly expiresAt: Instant;
}

const ID = 'operators';
const NEVER = '9999-12-31T00:00:00.000Z' as Instant;

export async function addOperator(scope: TransactionScope, member: MemberId): Promise<void> {
  const counters = scope.collection<OperatorsDocument>('counters');
  const members = (await counters.get(ID))?.members ?? [];
  await counters.set({ _id: ID, members: [...new Set([...members, member])], expiresAt: NEVER });
}

/** @throws DomainError LAST_OPERATOR */
export async function removeOperator(scope: TransactionScope, member: MemberId): Promise<void> {
  const counters = scope.collection<OperatorsDocument>('counters');
  const others = ((await counters.get(ID))?.members ?? []).filter((id) => id !== member);
  if (others.length === 0) throw new DomainError('LAST_OPERATOR');
  await counters.set({ _id: ID, members: others, expiresAt: NEVER });
}
