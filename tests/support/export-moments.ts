/**
 * Lets something happen between two steps of a package. Import it before everything else: what is replaced here must be
 * so before the use cases load it. Each moment comes once.
 */
import type * as selectionModule from '../../cloudfunctions/export/select-photos';
import type * as databaseModule from '../../cloudfunctions/platform/database';
import { type CollectionName } from '../../cloudfunctions/platform/database-schema';
import type * as storageModule from '../../cloudfunctions/platform/storage';
import type * as changesModule from '../../cloudfunctions/submission/change-many';

interface Moments {
  /** Photos were selected for a package, nothing is written. */
  selected?: () => Promise<void>;
  /** A file with this ending is about to be stored. */
  storing?: { readonly extension: string; readonly happens: () => Promise<void> };
  /** The photos of a volume were moved on, those that are sent back at this moment not yet. */
  moved?: () => Promise<void>;
  /** Photos of a stopped package are about to be new again. */
  recalling?: () => Promise<void>;
}

export const moments: Moments = {};

type Storage = typeof storageModule;
type Selection = typeof selectionModule;
type Changes = typeof changesModule;
type Database = typeof databaseModule;

jest.mock('../../cloudfunctions/platform/database', (): Database => {
  const database = jest.requireActual<Database>('../../cloudfunctions/platform/database');
  return {
    ...database,
    collection: <T extends databaseModule.Identified>(name: CollectionName) => {
      const stored = database.collection<T>(name);
      return {
        ...stored,
        updateWhere: async (filter, changes) => {
          const updated = await stored.updateWhere(filter, changes);
          const { moved } = moments;
          if (name === 'submissions') {
            delete moments.moved;
            await moved?.();
          }
          return updated;
        },
      };
    },
  };
});

jest.mock('../../cloudfunctions/platform/storage', (): Storage => {
  const storage = jest.requireActual<Storage>('../../cloudfunctions/platform/storage');
  return {
    ...storage,
    uploadFile: async (cloudPath, ...file) => {
      const { storing } = moments;
      if (storing && cloudPath.endsWith(storing.extension)) {
        delete moments.storing;
        await storing.happens();
      }
      return storage.uploadFile(cloudPath, ...file);
    },
  };
});

jest.mock('../../cloudfunctions/export/select-photos', (): Selection => {
  const selection = jest.requireActual<Selection>('../../cloudfunctions/export/select-photos');
  return {
    ...selection,
    selectPhotos: async (batch, request) => {
      const photos = await selection.selectPhotos(batch, request);
      const { selected } = moments;
      delete moments.selected;
      await selected?.();
      return photos;
    },
  };
});

jest.mock('../../cloudfunctions/submission/change-many', (): Changes => {
  const changes = jest.requireActual<Changes>('../../cloudfunctions/submission/change-many');
  return {
    ...changes,
    changeMany: async (photos, change) => {
      if (change.event === 'recall') {
        const { recalling } = moments;
        delete moments.recalling;
        await recalling?.();
      }
      return changes.changeMany(photos, change);
    },
  };
});
