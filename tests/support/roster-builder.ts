/** Lists as schools send them, and the way from bytes to an applied list through the use cases' own doors. */
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { aCall } from './call-builder';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { applyRoster } from '../../cloudfunctions/roster/apply-roster';
import { checkRoster } from '../../cloudfunctions/roster/check-roster';
import { prepareRosterUpload } from '../../cloudfunctions/roster/prepare-roster-upload';
import { type RosterOptions, type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { type BatchId, type FileId, type UploadId } from '../../miniprogram/shared/identity/ids';

export const HEADINGS = ['学号', '姓名', '年级', '函授站', '班级'] as const;

export type ListRow = readonly string[];

/** Rows under the usual headings; each cell is written as it is. */
export function csvOf(rows: readonly ListRow[], headings: ListRow = HEADINGS): Buffer {
  return Buffer.from([headings, ...rows].map((cells) => cells.join(',')).join('\r\n'));
}

/** The cells of one sheet as they are; a number may have a format. */
export type SheetRows = readonly (readonly (
  string | number | Readonly<{ value: number; format: string }>
)[])[];

/** A workbook of these sheets; nothing is added to them. */
export async function workbookOf(sheets: Readonly<Record<string, SheetRows>>): Promise<Buffer> {
  const written = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map((cell) => (typeof cell === 'object' ? cell : { value: cell }))),
  }));
  return writeWorkbook(written).toBuffer();
}

export async function xlsxOf(rows: readonly (readonly (string | number)[])[]): Promise<Buffer> {
  const cells: SheetData = [HEADINGS, ...rows].map((row) => row.map((value) => ({ value })));
  return writeWorkbook(cells).toBuffer();
}

/** So many students of these stations, two classes each. */
export function someRows(count: number, stations: readonly string[] = ['阜阳站', '宿州站']): ListRow[] {
  return Array.from({ length: count }, (_, index) => [
    `2021${String(10_000 + index)}`,
    '张小三',
    '2021',
    stations[index % stations.length]!,
    `${1 + (index % 2)} 班`,
  ]);
}

export const OPTIONS: RosterOptions = { mapping: {}, names: 'masked', badRows: 'stop' };

export async function storedBatchDocument(id: BatchId): Promise<BatchDocument> {
  const batch = await collection<BatchDocument>('batches').get(id);
  if (batch === null) throw new Error('the batch is gone');
  return batch;
}

export async function uploadList(
  call: Call,
  batchId: BatchId,
  bytes: Uint8Array,
): Promise<{ readonly uploadId: UploadId; readonly fileId: FileId }> {
  const ticket = await prepareRosterUpload(call, { batchId, extension: 'csv' });
  return { uploadId: ticket.uploadId, fileId: await uploadBytes(ticket.cloudPath, bytes) };
}

/** The dry run of these bytes. */
export async function dryRun(
  batchId: BatchId,
  bytes: Uint8Array,
  options: Partial<RosterOptions> = {},
  call: Call = aCall(),
): Promise<RosterPlan> {
  const upload = await uploadList(call, batchId, bytes);
  const batch = await storedBatchDocument(batchId);
  return checkRoster(call, batch, { batchId, ...upload, options: { ...OPTIONS, ...options } });
}

/** Dry run and import, until everything is done. */
export async function importList(
  batchId: BatchId,
  bytes: Uint8Array,
  options: Partial<RosterOptions> = {},
): Promise<RosterPlan> {
  const call = aCall();
  let plan = await dryRun(batchId, bytes, options, call);
  do plan = await applyRoster(call, plan.id, plan.digest);
  while (plan.state === 'applying');
  return plan;
}
