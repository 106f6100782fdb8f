/** Aggregation pipelines. A leading $match uses the indexes; writing stages and scripts are refused. */
import { aggregate } from 'mingo';
import { databaseRefusal } from '../platform-error';
import { type Collection } from './collection';
import { isPlainObject, type StoredDocument } from './document';
import { matching } from './run-query';

export type Stage = Readonly<Record<string, unknown>>;

/** The SDK's documentation: an aggregation without limit answers 20 documents. */
export const DEFAULT_AGGREGATE_LIMIT = 20;

const REFUSED = new Set(['$out', '$merge', '$collStats', '$indexStats', '$geoNear', '$where']);

/**
 * Runs a pipeline.
 * @param resolve gives the documents of another collection to $lookup and $graphLookup
 * @throws PlatformError DATABASE_REQUEST_FAILED for stages that are refused or malformed
 */
export function aggregateDocuments(
  collection: Collection,
  stages: readonly Stage[],
  resolve: (name: string) => readonly StoredDocument[],
): readonly unknown[] {
  const refused = stages.flatMap((stage) => Object.keys(stage)).find((key) => REFUSED.has(key));
  if (refused !== undefined) throw databaseRefusal(`Stage ${refused} is not available`);

  const [first, ...others] = stages;
  const filter = first?.$match;
  const source = isPlainObject(filter) ? [...matching(collection, filter)] : [...collection.all()];
  const rest = (isPlainObject(filter) ? others : stages).flatMap(counted);
  const limited = stages.some((stage) => '$limit' in stage);
  try {
    const rows = aggregate(source as object as Record<string, unknown>[], rest, {
      scriptEnabled: false,
      collectionResolver: (name) => [...resolve(name)] as object as Record<string, unknown>[],
    });
    return limited ? rows : rows.slice(0, DEFAULT_AGGREGATE_LIMIT);
  } catch (error) {
    throw databaseRefusal(error instanceof Error ? error.message : 'Aggregation failed');
  }
}

/** mingo counts nothing as 0. MongoDB answers no row then: its manual gives these two stages as the meaning of $count. */
function counted(stage: Stage): readonly Stage[] {
  const { $count: field } = stage;
  if (typeof field !== 'string') return [stage];
  return [{ $group: { _id: null, [field]: { $sum: 1 } } }, { $project: { _id: 0 } }];
}
