/** A large school as the benchmark needs it: a batch, an operator, a list of 50,000, students in every state. */
import { createHash } from 'node:crypto';
import writeWorkbook from 'write-excel-file/node';
import { newId } from '../../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../../cloudfunctions/platform/database';
import { uploadBytes } from '../../../cloudfunctions/platform/storage';
import { type PhotoDocument } from '../../../cloudfunctions/submission/photo-document';
import {
  newSubmission,
  type SubmissionDocument,
} from '../../../cloudfunctions/submission/submission-document';
import { DEFAULT_CHECK_SETTINGS } from '../../../miniprogram/shared/batch/check-settings';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import {
  type Instant,
  type PhotoId,
  type SubmissionId,
  type UploadId,
} from '../../../miniprogram/shared/identity/ids';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import {
  SUBMISSION_STATES,
  type SubmissionState,
} from '../../../miniprogram/shared/submission/submission-machine';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { fakeEngineThatDevelops } from '../../../tests/support/fake-photo-engine';
import { aStudentRecord } from '../../../tests/support/student-builder';
import { aVerdict } from '../../../tests/support/verdict-builder';

export const LIST_ROWS = 50_000;
export const STATIONS = 40;
const CLASSES_PER_STATION = 12;
/** What the photo standard allows is 30 to 40 KB. */
const PICTURE_BYTES = 35_000;
const PER_WRITE = 500;
const UPLOADS_AT_ONCE = 8;
const NOW = new Date().toISOString() as Instant;

export const studentNumberOf = (index: number): string => `2021${String(100_000 + index)}`;
export const stationOf = (index: number): string => `第${1 + (index % STATIONS)}函授站`;
export const classOf = (index: number): string =>
  `21 会计 ${1 + (Math.floor(index / STATIONS) % CLASSES_PER_STATION)} 班`;

const HEADINGS = ['学号', '姓名', '层次', '年级', '学习形式', '专业', '函授站', '班级'];
const listRow = (index: number): string[] => [
  studentNumberOf(index),
  '张小三',
  '专升本',
  '2021',
  '非脱产',
  '会计学',
  stationOf(index),
  classOf(index),
];

function listRows(rows: number): string[][] {
  return [HEADINGS, ...Array.from({ length: rows }, (_, index) => listRow(index))];
}

/** The list as a school exports it. */
export function listFile(rows: number): Buffer {
  return Buffer.from(
    listRows(rows)
      .map((cells) => cells.join(','))
      .join('\r\n'),
  );
}

export async function listWorkbook(rows: number): Promise<Buffer> {
  return writeWorkbook(listRows(rows).map((cells) => cells.map((value) => ({ value })))).toBuffer();
}

interface Enrolled {
  readonly batch: Batch;
  readonly index: number;
  readonly openid: string;
  readonly stationId: string | null;
  readonly state: SubmissionState;
  readonly photoId: PhotoId | null;
}

function submissionOf({ batch, index, openid, stationId, state, photoId }: Enrolled): SubmissionDocument {
  const start = newSubmission({
    id: newId() as SubmissionId,
    openid,
    batchId: batch.id,
    bindingId: `enrolment-${batch.id}-${index}`,
    personKey: `person-${openid}`,
    student: aStudentRecord({ schoolCode: batch.schoolCode, studentNumber: studentNumberOf(index) }),
    stationId,
    className: classOf(index),
    listed: stationId !== null,
    spentAttempts: 0,
    now: NOW,
  });
  const confirmed = ['confirmed', 'accepted', 'exported', 'delivered'].includes(state);
  return {
    ...start,
    state,
    developedPhotoId: photoId,
    latestPhotoId: photoId,
    confirmedPhotoId: confirmed ? photoId : null,
    attempts: photoId === null ? 0 : 1,
  };
}

/** Everybody on the list has bound and stands somewhere between the code and the delivery. */
export async function enrolEverybody(batch: Batch, stationIds: ReadonlyMap<string, string>): Promise<void> {
  for (let first = 0; first < LIST_ROWS; first += PER_WRITE) {
    const some = Array.from({ length: PER_WRITE }, (_, offset) => {
      const index = first + offset;
      const state = SUBMISSION_STATES[index % SUBMISSION_STATES.length]!;
      const stationId = stationIds.get(stationOf(index)) ?? null;
      return submissionOf({ batch, index, openid: `student-${index}`, stationId, state, photoId: null });
    });
    await collection<SubmissionDocument>('submissions').insertMany(some);
  }
}

/** Accepted photos whose finished pictures lie in the storage. */
export async function acceptPhotos(batch: Batch, count: number): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => index);
  for (let first = 0; first < count; first += UPLOADS_AT_ONCE) {
    await Promise.all(
      indexes.slice(first, first + UPLOADS_AT_ONCE).map((index) => acceptPhoto(batch, index)),
    );
  }
}

async function acceptPhoto(batch: Batch, index: number): Promise<void> {
  const photoId = newId() as PhotoId;
  const openid = `photographed-${index}`;
  const submission = submissionOf({ batch, index, openid, stationId: null, state: 'accepted', photoId });
  const picture = pictureOf(index);
  const standardPath = `standards/${newId()}.jpg`;
  const standardFileId = await uploadBytes(standardPath, picture);
  const { geometry, record } = await DEVELOPED;
  await collection<SubmissionDocument>('submissions').insert(submission);
  await collection<PhotoDocument>('photos').insert({
    _id: photoId,
    submissionId: submission._id,
    batchId: batch.id,
    uploadId: newId() as UploadId,
    // Packages do not look at originals.
    originalFileId: standardFileId,
    takenAt: NOW,
    ticks: [],
    checkSettings: DEFAULT_CHECK_SETTINGS,
    starts: 1,
    failedStarts: 0,
    intendedPaths: [standardPath],
    status: 'developed',
    verdict: aVerdict(),
    geometry,
    record: { ...record, resultSha256: createHash('sha256').update(picture).digest('hex') },
    standardFileId,
  });
}

/** A record as the engine writes it. */
const DEVELOPED = fakeEngineThatDevelops()
  .develop(Buffer.from('a portrait'), { standard: photoStandardFor(), rules: CHECK_RULES })
  .then((outcome) => {
    if (outcome.kind !== 'developed') throw new Error('the fake engine developed nothing');
    return outcome;
  });

/** Bytes that no compression shortens, the same for the same student. */
function pictureOf(index: number): Buffer {
  const pieces: Buffer[] = [];
  for (let piece = 0; piece * 32 < PICTURE_BYTES; piece += 1) {
    pieces.push(createHash('sha256').update(`${index}/${piece}`).digest());
  }
  return Buffer.concat(pieces).subarray(0, PICTURE_BYTES);
}

/** Students whose finished picture waits for their yes. @returns whom and what to confirm */
export async function studentsWhoMayConfirm(batch: Batch, count: number) {
  const students = Array.from({ length: count }, (_, index) => {
    const photoId = newId() as PhotoId;
    const openid = `confirming-${index}`;
    const submission = submissionOf({ batch, index, openid, stationId: null, state: 'developed', photoId });
    return { openid, photoId, submission };
  });
  await collection<SubmissionDocument>('submissions').insertMany(
    students.map(({ submission }) => submission),
  );
  return students.map(({ openid, photoId, submission }) => ({
    openid,
    photoId,
    submissionId: submission._id,
  }));
}
