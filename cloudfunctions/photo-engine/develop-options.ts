/** What a photo is held against and developed to: both come from its batch. */
import { type PhotoStandard } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckRules } from '../../miniprogram/shared/verdict/check-rules';

export interface DevelopOptions {
  readonly standard: PhotoStandard;
  readonly rules: CheckRules;
}
