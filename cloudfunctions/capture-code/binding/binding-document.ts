/**
 * One 学籍 belongs to one person: the document's id follows from school and student number, so whoever comes second
 * meets the first one's document, however the code's picture was made and in whatever order two people arrive.
 */
import { type Instant, type SubmissionId } from '../../../miniprogram/shared/identity/ids';

export interface BindingDocument {
  /** Keyed digest of school code and student number. */
  readonly _id: string;
  readonly openid: string;
  /** Keyed digest of the code that was shown, for the operator's questions; never the payload. */
  readonly codeKey: string;
  /** One per batch that this 学籍 took part in. */
  readonly submissionIds: readonly SubmissionId[];
  readonly boundAt: Instant;
}
