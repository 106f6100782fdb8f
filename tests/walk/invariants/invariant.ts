/** What must hold after every step. */
import { type Stored } from '../stored';

/** @returns what it does not hold of: nothing, if all is well */
export type Invariant = (stored: Stored, before: Stored) => readonly unknown[];
