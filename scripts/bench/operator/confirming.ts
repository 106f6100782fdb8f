/** 200 students say yes at the same moment while a teacher reads the progress again and again. */
import { type DeployedCloud } from './deployed-cloud';
import { studentsWhoMayConfirm } from './school';
import { type StaffClient } from '../../../local/cli/operator/staff-client';
import { studentPhone } from '../../../local/cli/support/student-phone';
import { createCloudClient } from '../../../local/cloud/cloud-client';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import { CONSENT_VERSION } from '../../../miniprogram/shared/contract/student';

const STUDENTS = 200;
const CONSENTS_AT_ONCE = 8;

export interface ConfirmFigures {
  readonly students: number;
  readonly acknowledged: number;
  readonly counted: number;
  /** Readings of the progress meanwhile, and how many of them did not show all 200 or went back. */
  readonly readings: number;
  readonly wrongReadings: number;
  readonly wallSeconds: number;
}

export async function measureConfirming(
  cloud: DeployedCloud,
  staff: StaffClient,
  batch: Batch,
): Promise<ConfirmFigures> {
  const students = await studentsWhoMayConfirm(batch, STUDENTS);
  const phones = students.map((student) => ({
    ...student,
    phone: studentPhone(createCloudClient({ url: cloud.url, openid: student.openid })),
  }));
  for (let first = 0; first < STUDENTS; first += CONSENTS_AT_ONCE) {
    const some = phones.slice(first, first + CONSENTS_AT_ONCE);
    await Promise.all(
      some.map(({ phone }) => phone.student('consent', { version: CONSENT_VERSION, facePhoto: true })),
    );
  }
  const started = performance.now();
  const confirming = Promise.allSettled(
    phones.map(({ phone, submissionId, photoId }) => phone.student('confirm', { submissionId, photoId })),
  );
  const { readings, wrongReadings } = await readWhile(staff, batch, confirming);
  const outcomes = await confirming;
  const wallSeconds = (performance.now() - started) / 1000;
  const { counts } = await staff.operator('progress', { batchId: batch.id });
  return {
    students: STUDENTS,
    acknowledged: outcomes.filter(({ status }) => status === 'fulfilled').length,
    counted: counts.confirmed,
    readings,
    wrongReadings,
    wallSeconds,
  };
}

async function readWhile(staff: StaffClient, batch: Batch, work: Promise<unknown>) {
  let over = false;
  void work.then(() => (over = true));
  let readings = 0;
  let wrongReadings = 0;
  let last = 0;
  // Set from outside while this waits.
  while (!(over as boolean)) {
    const { counts } = await staff.operator('progress', { batchId: batch.id });
    readings += 1;
    if (counts.bound !== STUDENTS || counts.confirmed < last) wrongReadings += 1;
    last = counts.confirmed;
  }
  return { readings, wrongReadings };
}
