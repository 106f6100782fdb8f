/**
 * Head size and position: can a crop of this picture satisfy the standard without inventing anything of the person?
 * The native value is how many finished pixels are missing; 0 when a crop exists.
 */
import { type Measurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type CheckInput } from './check-input';

export const checkFraming = ({ framing }: Pick<CheckInput, 'framing'>): Measurement =>
  framing.ok
    ? { kind: 'measured', values: { missing: 0 } }
    : { kind: 'measured', values: { missing: framing.missingPx }, remedies: { missing: framing.remedy } };
