/**
 * How many people something is stored about, counted once a day: from 100,000 on the law asks for a filing. People are told
 * apart by the resolver's keyed digest, so somebody with two 学籍 counts once where the resolver can tell.
 */
import { collection } from '../platform/database';
import { type SubmissionDocument } from '../submission/submission-document';
import { type StoredPeople } from '../../miniprogram/shared/contract/operator/access';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { peopleWarning } from '../../miniprogram/shared/retention/retention-rules';

interface StoredPeopleDocument {
  readonly _id: 'stored-people';
  readonly count: number;
  readonly countedAt: Instant;
  /** The collection's documents end sometime; this one does not. */
  readonly expiresAt: Instant;
}

const ID = 'stored-people';
const NEVER = '9999-12-31T00:00:00.000Z' as Instant;

/** The last count, or null before the first. */
export async function readStoredPeople(): Promise<StoredPeople | null> {
  const stored = await collection<StoredPeopleDocument>('counters').get(ID);
  return stored && withWarning(stored.count, stored.countedAt);
}

/** Counts now and remembers. Who only bound a code counts too: a name and a number are stored then. */
export async function countStoredPeople(now: Instant): Promise<StoredPeople> {
  const [row] = await collection<SubmissionDocument>('submissions').aggregate<{ readonly count: number }>(
    [{ $group: { _id: '$personKey' } }, { $count: 'count' }],
    1,
  );
  const count = row?.count ?? 0;
  await collection<StoredPeopleDocument>('counters').set({
    _id: ID,
    count,
    countedAt: now,
    expiresAt: NEVER,
  });
  return withWarning(count, now);
}

function withWarning(count: number, countedAt: Instant): StoredPeople {
  return { count, countedAt, warning: peopleWarning(count) };
}
