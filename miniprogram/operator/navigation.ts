/** The staff pages' addresses. A page that is not listed cannot be opened. */
import { BatchId, SeatId } from '../shared/identity/ids';
import { Query } from '../pages/define-page';
import { openAbove } from '../platform/navigation';

export type StaffRoute =
  | { readonly page: 'enter' | 'batches' | 'members' | 'station' | 'upkeep' }
  /** Without a batch: a new one; with `copy`: last year's as a model for a new one. */
  | { readonly page: 'batch-edit'; readonly batchId?: BatchId; readonly copy?: boolean }
  | { readonly page: 'station-shoot'; readonly seatId: SeatId }
  | {
      readonly page: 'batch' | 'deadline' | 'roster' | 'progress' | 'student' | 'stuck' | 'export';
      readonly batchId: BatchId;
    }
  /** With a number: about this student. */
  | {
      readonly page: 'review' | 'return' | 'release';
      readonly batchId: BatchId;
      readonly studentNumber?: string;
    };

export function staffAddress(route: StaffRoute): string {
  const parameters = [
    'batchId' in route ? `batch=${encodeURIComponent(route.batchId)}` : '',
    'studentNumber' in route ? `student=${encodeURIComponent(route.studentNumber)}` : '',
    'seatId' in route ? `seat=${encodeURIComponent(route.seatId)}` : '',
    'copy' in route && route.copy ? 'copy=1' : '',
  ].filter((part) => part !== '');
  const path = `/operator/${route.page}/${route.page}`;
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}

/** The batch that the address names. */
export function batchIn(query: Query): BatchId | null {
  const value = query['batch'];
  return value ? (decodeURIComponent(value) as BatchId) : null;
}

/** The number of the student whom the address names; empty: it names none. */
export function studentIn(query: Query): string {
  return decodeURIComponent(query['student'] ?? '');
}

/** The batch that a page was opened for. Where the address names none, the list of batches takes the page's place. */
export function batchToWorkOn(query: Query): BatchId | null {
  const batchId = batchIn(query);
  if (batchId === null) replaceWithStaff({ page: 'batches' });
  return batchId;
}

export function openStaff(route: StaffRoute): void {
  openAbove(staffAddress(route));
}

export function replaceWithStaff(route: StaffRoute): void {
  void wx.redirectTo({ url: staffAddress(route) });
}
