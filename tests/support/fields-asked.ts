/**
 * Says by which fields a step looks for single documents. Import it before everything else: what is replaced here must
 * be so before the use cases load it.
 */
import type * as databaseModule from '../../cloudfunctions/platform/database';

type Database = typeof databaseModule;
type Name = Parameters<Database['collection']>[0];

let asked: FieldsAsked[] = [];

export interface FieldsAsked {
  readonly collection: Name;
  readonly fields: readonly string[];
}

export async function fieldsAsked(step: () => Promise<unknown>): Promise<readonly FieldsAsked[]> {
  asked = [];
  await step();
  return asked;
}

jest.mock('../../cloudfunctions/platform/database', (): Database => {
  const database = jest.requireActual<Database>('../../cloudfunctions/platform/database');
  return {
    ...database,
    collection: <T extends databaseModule.Identified>(name: Name) => {
      const real = database.collection<T>(name);
      return {
        ...real,
        findOne: (filter: databaseModule.Filter<T>) => {
          asked.push({ collection: name, fields: Object.keys(filter) });
          return real.findOne(filter);
        },
      };
    },
  };
});
