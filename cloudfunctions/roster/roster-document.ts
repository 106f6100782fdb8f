/**
 * A batch's list as it is stored: lines that belong to a version, and totals of each version. The batch names the
 * version that holds, so a new list is written beside the old one and takes its place in one step.
 * Refuses ID numbers by having no place for them; names are there only if the import was told to keep them.
 */
import { derivedId } from '../identity/unguessable-id';
import { type BatchId, type StationId } from '../../miniprogram/shared/identity/ids';

export interface RosterLineDocument {
  /** Follows from batch, version and student number: writing a line twice is writing it once. */
  readonly _id: string;
  readonly batchId: BatchId;
  readonly version: number;
  readonly studentNumber: string;
  /** As the import was told: masked, whole or null. */
  readonly name: string | null;
  readonly level: string | null;
  readonly year: string | null;
  readonly duration: string | null;
  readonly studyForm: string | null;
  readonly major: string | null;
  readonly stationId: StationId | null;
  readonly className: string | null;
  readonly graduationDate: string | null;
}

export interface GroupSize<Key> {
  readonly key: Key;
  readonly students: number;
}

/** Totals of one version: per station in one document, per class in one document for each station. */
export interface RosterTotalsDocument {
  readonly _id: string;
  readonly batchId: BatchId;
  readonly version: number;
  readonly groups: readonly GroupSize<string | null>[];
}

export function rosterLineId(batchId: BatchId, version: number, studentNumber: string): string {
  return derivedId('roster-line', batchId, String(version), studentNumber);
}

export function stationTotalsId(batchId: BatchId, version: number): string {
  return derivedId('roster-stations', batchId, String(version));
}

export function classTotalsId(batchId: BatchId, version: number, stationId: StationId | null): string {
  return derivedId('roster-classes', batchId, String(version), stationId ?? 'none');
}
