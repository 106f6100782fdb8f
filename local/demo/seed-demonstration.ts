/**
 * Puts the demonstration into an embedded cloud. Seeding again moves the batches' windows to today and leaves what
 * people did alone.
 */
import {
  DEMONSTRATION_ID_TAIL,
  DEMONSTRATION_SCHOOL,
  DEMONSTRATION_STUDENT,
  demonstrationBatches,
  demonstrationCode,
} from './demonstration';
import { useAdministrator } from './use-administrator';
import { type IssuedCode } from '../cli/support/issue-code';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { collection } from '../../cloudfunctions/platform/database';

export interface Demonstration {
  readonly school: typeof DEMONSTRATION_SCHOOL;
  readonly batches: readonly BatchDocument[];
  readonly student: typeof DEMONSTRATION_STUDENT;
  readonly idTail: string;
  readonly code: IssuedCode;
}

/** From here on this process is the administrator of that cloud. */
export async function seedDemonstration(
  cloud: Parameters<typeof useAdministrator>[0],
  now = new Date(),
): Promise<Demonstration> {
  useAdministrator(cloud);
  await collection('schools').set(DEMONSTRATION_SCHOOL);
  const batches = demonstrationBatches(now);
  for (const batch of batches) await collection<BatchDocument>('batches').set(batch);
  return {
    school: DEMONSTRATION_SCHOOL,
    batches,
    student: DEMONSTRATION_STUDENT,
    idTail: DEMONSTRATION_ID_TAIL,
    code: await demonstrationCode(),
  };
}
