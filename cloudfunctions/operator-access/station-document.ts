/**
 * A teaching station (函授站, 教学点) of a school. Its id follows from the school's code and the station's spelling in
 * the school's lists, so that importing a list twice makes one station.
 */
import { derivedId } from '../identity/unguessable-id';
import { type StationView } from '../../miniprogram/shared/contract/operator/access';
import { type StationId } from '../../miniprogram/shared/identity/ids';

export interface StationDocument {
  readonly _id: StationId;
  readonly schoolCode: string;
  /** As the lists spell it. */
  readonly code: string;
  readonly name: string;
}

export function stationIdOf(schoolCode: string, code: string): StationId {
  return derivedId('station', schoolCode, code) as StationId;
}

export function newStation(schoolCode: string, code: string, name: string = code): StationDocument {
  return { _id: stationIdOf(schoolCode, code), schoolCode, code, name };
}

export function toStationView({ _id: id, schoolCode, code, name }: StationDocument): StationView {
  return { id, schoolCode, code, name };
}
