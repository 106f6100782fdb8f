/**
 * The ids of all operators in one document, changed with every joining and leaving: a count that holds when two
 * operators leave at the same moment. Refuses to let the last one go.
 */
import { collection } from '../platform/database';
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

/** From the first operator on for ever: the last one is never let go. */
export async function hasOperators(scope: TransactionScope): Promise<boolean> {
  return (await scope.collection<OperatorsDocument>('counters').get(ID)) !== null;
}

export async function addOperator(scope: TransactionScope, member: MemberId): Promise<void> {
  const counters = scope.collection<OperatorsDocument>('counters');
  const members = (await counters.get(ID))?.members ?? [];
  await counters.set({ _id: ID, members: [...new Set([...members, member])], expiresAt: NEVER });
}

/** @throws DomainError LAST_OPERATOR */
export async function removeOperator(scope: TransactionScope, member: MemberId): Promise<void> {
  const counters = scope.collection<OperatorsDocument>('counters');
  await counters.set({ _id: ID, members: othersThan(member, await counters.get(ID)), expiresAt: NEVER });
}

/**
 * A look before other things are given up for a leaving that would be refused. Decides nothing: `removeOperator` does.
 * @throws DomainError LAST_OPERATOR
 */
export async function requireAnotherOperator(member: MemberId): Promise<void> {
  othersThan(member, await collection<OperatorsDocument>('counters').get(ID));
}

function othersThan(member: MemberId, stored: OperatorsDocument | null): readonly MemberId[] {
  const others = (stored?.members ?? []).filter((id) => id !== member);
  if (others.length === 0) throw new DomainError('LAST_OPERATOR');
  return others;
}
