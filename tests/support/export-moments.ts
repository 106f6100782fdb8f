/**
 * Lets something happen between two steps of a package. Import it before everything else: what is replaced here must be
 * so before the use cases load it. Each moment comes once.
 */
import type * as selectionModule from '../../cloudfunctions/export/select-photos';
import type * as storageModule from '../../cloudfunctions/platform/storage';

interface Moments {
  /** Photos were selected for a package, nothing is written. */
  selected?: () => Promise<void>;
  /** A file with this ending is about to be stored. */
  storing?: { readonly extension: string; readonly happens: () => Promise<void> };
}

export const moments: Moments = {};

type Storage = typeof storageModule;
type Selection = typeof selectionModule;

jest.mock('../../cloudfunctions/platform/storage', (): Storage => {
  const storage = jest.requireActual<Storage>('../../cloudfunctions/platform/storage');
  return {
    ...storage,
    uploadFile: async (cloudPath, content) => {
      const { storing } = moments;
      if (storing && cloudPath.endsWith(storing.extension)) {
        delete moments.storing;
        await storing.happens();
      }
      return storage.uploadFile(cloudPath, content);
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
