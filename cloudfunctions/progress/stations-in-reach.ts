/** Which stations a question is about: those asked for, inside those that the caller may see. */
import { command } from '../platform/database';
import { DomainError } from '../../miniprogram/shared/errors';
import { type StationId } from '../../miniprogram/shared/identity/ids';
import { coversTenant, type Scope } from '../../miniprogram/shared/roles/scope';

/** `all`: no limit; a list may hold null for students without a station. */
export type StationsInReach = 'all' | readonly (StationId | null)[];

/**
 * @param asked one station, null for students without one, undefined for everything in reach
 * @throws DomainError NOT_FOUND for a station out of reach
 */
export function stationsInReach(
  scope: Scope,
  schoolCode: string,
  asked: StationId | null | undefined,
): StationsInReach {
  if (asked === undefined) return scope.stations;
  if (!coversTenant(scope, { schoolCode, stationId: asked })) throw new DomainError('NOT_FOUND');
  return [asked];
}

/** The same as a condition on `stationId`. */
export function stationCondition(stations: StationsInReach): Readonly<Record<string, unknown>> {
  return stations === 'all' ? {} : { stationId: command().in([...stations]) };
}
