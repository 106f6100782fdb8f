/**
 * Counts what a step reads out of the database. Import it before everything else: what is replaced here must be so
 * before the use cases load it.
 */
import type * as databaseModule from '../../cloudfunctions/platform/database';

type Database = typeof databaseModule;

const count = { read: 0 };

/** @returns what the step gives, and how many documents or rows came out of lists while it ran */
export async function documentsRead<Result>(
  step: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly read: number }> {
  const before = count.read;
  const result = await step();
  return { result, read: count.read - before };
}

function counted<Rows extends readonly unknown[]>(rows: Rows): Rows {
  count.read += rows.length;
  return rows;
}

function reading<T extends databaseModule.Identified>(
  real: databaseModule.Collection<T>,
): databaseModule.Collection<T> {
  return {
    ...real,
    find: async (filter, options) => counted(await real.find(filter, options)),
    byIds: async (ids) => {
      const found = await real.byIds(ids);
      counted([...found.values()]);
      return found;
    },
    aggregate: async <Row>(...given: Parameters<typeof real.aggregate>) =>
      counted(await real.aggregate<Row>(...given)),
    async *pages(...given) {
      for await (const page of real.pages(...given)) yield counted(page);
    },
  };
}

jest.mock('../../cloudfunctions/platform/database', (): Database => {
  const database = jest.requireActual<Database>('../../cloudfunctions/platform/database');
  return { ...database, collection: (name) => reading(database.collection(name)) };
});
