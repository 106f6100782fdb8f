/** How a station is called, for showing. */
import { type StationDocument } from './station-document';
import { collection } from '../platform/database';

/** Null for no station, and for one that is gone. */
export async function stationName(id: string | null): Promise<string | null> {
  if (id === null) return null;
  return (await collection<StationDocument>('stations').get(id))?.name ?? null;
}
