/** Finds what people name: a batch by its id or a piece of its title, a station by its name. */
import { allBatches } from './all-batches';
import { type StaffClient } from './staff-client';
import { UsageError } from '../support/command';
import { CLI_WORDS } from './words';
import { type StationView } from '../../../miniprogram/shared/contract/operator/access';
import { type OperatorBatch } from '../../../miniprogram/shared/contract/operator/batches';
import { isDomainError } from '../../../miniprogram/shared/errors';
import { type BatchId, type StationId } from '../../../miniprogram/shared/identity/ids';

/** How the students without a station are asked for. */
export const NO_STATION = '-';

/** @throws UsageError for none or several */
export async function findBatch(staff: StaffClient, text: string): Promise<OperatorBatch> {
  const named = await batchWithId(staff, text);
  if (named !== null) return named;
  const { batches } = await allBatches(staff, {});
  const all = batches.map(({ batch }) => batch);
  const ways: readonly ((batch: OperatorBatch) => boolean)[] = [
    ({ title }) => title === text,
    ({ id }) => text.length >= 4 && id.startsWith(text),
    ({ title }) => title.includes(text),
  ];
  const found = ways.map((way) => all.filter(way)).find((some) => some.length > 0) ?? [];
  if (found[0] === undefined) throw new UsageError(CLI_WORDS.noBatch(text));
  if (found.length > 1) {
    throw new UsageError(
      CLI_WORDS.severalBatches(
        text,
        found.map(({ id, title }) => `${id}  ${title}`),
      ),
    );
  }
  return found[0];
}

/** Null for what is no batch's id, or cannot be one. */
async function batchWithId(staff: StaffClient, text: string): Promise<OperatorBatch | null> {
  try {
    return await staff.operator('batch', { batchId: text as BatchId });
  } catch (error) {
    if (isDomainError(error) && (error.code === 'NOT_FOUND' || error.code === 'INVALID_REQUEST')) return null;
    throw error;
  }
}

/** Undefined: not asked for; null: students without a station. @throws UsageError */
export async function findStation(
  staff: StaffClient,
  schoolCode: string,
  text: string | undefined,
): Promise<StationId | null | undefined> {
  if (text === undefined) return undefined;
  if (text === NO_STATION) return null;
  return (await stationNamed(staff, schoolCode, text)).id;
}

/** @throws UsageError that names the stations there are */
export async function stationNamed(
  staff: StaffClient,
  schoolCode: string,
  text: string,
): Promise<StationView> {
  const { stations } = await staff.operator('stations', { schoolCode });
  // The list's spelling comes before the shown name: two stations may be shown alike.
  const found =
    stations.find(({ id, code }) => id === text || code === text) ??
    stations.find(({ name }) => name === text);
  if (found === undefined) {
    throw new UsageError(
      CLI_WORDS.noStation(
        text,
        stations.map(({ name }) => name),
      ),
    );
  }
  return found;
}
