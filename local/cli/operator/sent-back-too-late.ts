/** What a rejection has to say about its student once the deadline has passed; nothing while the batch is open. */
import { CLI_WORDS } from './words';
import { type Instant } from '../../../miniprogram/shared/identity/ids';

/** Lines to print below the rejection: none, or the one that says that the student cannot take another photo. */
export function sentBackTooLate(closesAt: Instant): readonly string[] {
  return closesAt <= new Date().toISOString() ? [CLI_WORDS.sentBackTooLate] : [];
}
