/**
 * Applies MongoDB's update operators to one document. mingo does the work; what MongoDB refuses and mingo lets
 * pass or ignores ($inc on a text or null, $push on a scalar, $set through a scalar, …) is refused here first, so
 * that a mistake shows on the developer's machine and not after deployment.
 */
import { update } from 'mingo';
import { cloneDeep } from 'mingo/util';
import { databaseRefusal } from '../platform-error';
import { deepFreeze, isPlainObject, type StoredDocument } from './document';

export type Modifier = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const NUMERIC = new Set(['$inc', '$mul', '$bit']);
const ARRAYS = new Set(['$push', '$addToSet', '$pull', '$pullAll', '$pop']);
/** Operators that create the path they name. */
const CREATING = new Set([
  '$set',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$bit',
  '$currentDate',
]);
const KNOWN = new Set([...NUMERIC, ...ARRAYS, ...CREATING, '$unset', '$rename']);

/** Checks the shape of an update: only known operators, each with an object of fields. */
export function asModifier(data: Readonly<Record<string, unknown>>): Modifier {
  for (const [operator, fields] of Object.entries(data)) {
    if (!KNOWN.has(operator)) throw databaseRefusal(`Unknown modifier: ${operator}`);
    if (!isPlainObject(fields)) throw databaseRefusal(`Modifiers operate on fields: ${operator}`);
  }
  return data as Modifier;
}

/**
 * The document after the update, or the same object when nothing changed. Positional operators (`a.$.b`) need the
 * filter that found the document.
 * @throws PlatformError DATABASE_REQUEST_FAILED where MongoDB refuses
 */
export function updateDocument(
  document: StoredDocument,
  modifier: Modifier,
  filter: Readonly<Record<string, unknown>>,
): StoredDocument {
  for (const [operator, fields] of Object.entries(modifier)) {
    for (const path of Object.keys(fields)) refuseImpossible(document, operator, path);
  }
  const copy: StoredDocument = cloneDeep(document);
  try {
    // mingo's condition only serves positional paths here; the document is known to match.
    const changed = update(copy, cloneDeep(modifier) as object, [], positional(modifier) ? filter : {});
    return changed.length === 0 ? document : deepFreeze(copy);
  } catch (error) {
    throw databaseRefusal(error instanceof Error ? error.message : 'Update failed');
  }
}

function positional(modifier: Modifier): boolean {
  return Object.values(modifier).some((fields) => Object.keys(fields).some((path) => path.includes('$')));
}

function refuseImpossible(document: StoredDocument, operator: string, path: string): void {
  // Positional parts depend on the filter; mingo checks what it can.
  if (path.includes('$')) return;
  const steps = path.split('.');
  if (steps.includes('')) throw databaseRefusal(`Empty field name in update path of ${operator}`);
  let holder: unknown = document;
  for (const [depth, step] of steps.slice(0, -1).entries()) {
    const next = child(holder, step);
    if (next === undefined) return;
    if (typeof next !== 'object' || next === null || next instanceof Date) {
      if (!CREATING.has(operator)) return;
      throw databaseRefusal(`Cannot create field '${steps[depth + 1] ?? ''}' in element of a scalar`);
    }
    holder = next;
  }
  const last = steps.at(-1)!;
  if (Array.isArray(holder) && !/^\d+$/.test(last) && CREATING.has(operator)) {
    throw databaseRefusal(`Cannot create field '${last}' in an array`);
  }
  refuseKind(operator, child(holder, last));
}

function refuseKind(operator: string, current: unknown): void {
  if (current === undefined) return;
  if (NUMERIC.has(operator) && typeof current !== 'number') {
    throw databaseRefusal(`Cannot apply ${operator} to a value of non-numeric type`);
  }
  if (ARRAYS.has(operator) && !Array.isArray(current)) {
    throw databaseRefusal(`The field must be an array for ${operator}`);
  }
}

function child(holder: unknown, step: string): unknown {
  if (Array.isArray(holder)) return /^\d+$/.test(step) ? (holder[Number(step)] as unknown) : undefined;
  return isPlainObject(holder) ? holder[step] : undefined;
}
