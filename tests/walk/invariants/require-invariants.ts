/** Looks at everything after a step. */
import { Complaint } from './complaint';
import { type Invariant } from './invariant';
import { LIST_INVARIANTS } from './lists';
import { PACKAGE_INVARIANTS } from './packages';
import { SUBMISSION_INVARIANTS } from './submissions';
import { everythingStored, type Stored } from '../stored';
import { type World } from '../world';

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  ...SUBMISSION_INVARIANTS,
  ...PACKAGE_INVARIANTS,
  ...LIST_INVARIANTS,
};

/** @throws Complaint @returns what is stored, as the next look's before */
export async function requireInvariants(world: World, before: Stored): Promise<Stored> {
  const stored = await everythingStored(world);
  for (const [name, invariant] of Object.entries(INVARIANTS)) {
    const complaints = invariant(stored, before);
    if (complaints.length > 0) throw new Complaint(name, complaints);
  }
  return stored;
}
