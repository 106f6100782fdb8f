/** What becomes of packages: started, made slice by slice, delivered, stopped; by the school or by the timer. */
import { type Actions, chosen, type Turn } from './turn';
import { type World } from '../world';
import { type ExportDocument } from '../../../cloudfunctions/export/export-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { SPREADSHEET_LABELS } from '../../../miniprogram/copy/spreadsheet-words';
import { type ExportId } from '../../../miniprogram/shared/identity/ids';

const TEMPLATE = { fileName: '{studentNumber}', folder: '' } as const;

/** All there are, the newest first. */
export async function packagesOf({ batchId }: World): Promise<readonly ExportDocument[]> {
  return collection<ExportDocument>('exports').find(
    { batchId },
    { sort: [['startedAt', 'desc']], limit: 100 },
  );
}

/** Most often the newest. */
async function withPackage(
  world: World,
  turn: Turn,
  use: (request: { readonly exportId: ExportId }) => Promise<unknown>,
): Promise<void> {
  const [newest, ...older] = await packagesOf(world);
  if (newest === undefined) return;
  const { _id: exportId } = chosen(turn, [newest, ...older, newest, newest]);
  await use({ exportId });
}

const about = (deed: 'proceed' | 'cancel' | 'markDelivered' | 'links', weight: number) => ({
  weight,
  run: (world: World, turn: Turn) =>
    withPackage(world, turn, (request) => world.ask(world.school, 'exporter', deed, request, turn.going)),
});

export const PACKAGE_ACTIONS = {
  startsPackage: {
    weight: 10,
    run: (world, { choice, going }) => {
      const stationId = world.stations[choice % 7];
      const photos = choice % 3 === 0 ? 'all-accepted' : 'new';
      const selection = { batchId: world.batchId, photos, ...(stationId && { stationId }) } as const;
      return world.ask(world.school, 'exporter', 'start', { selection, template: TEMPLATE }, going);
    },
  },
  goesOnPacking: about('proceed', 8),
  stopsPackage: about('cancel', 5),
  deliversPackage: about('markDelivered', 5),
  opensPackage: about('links', 1),
  writesSpreadsheet: {
    weight: 1,
    run: (world, { going }) => {
      const request = { batchId: world.batchId, labels: SPREADSHEET_LABELS };
      return world.ask(world.school, 'exporter', 'spreadsheet', request, going);
    },
  },
} satisfies Actions;
