/** The function `operator`: the other side of the counter. Every action goes through the roles table. */
import { ACCESS_ACTIONS, BATCH_ACTIONS } from './access-actions';
import {
  BINDING_ACTIONS,
  PROGRESS_ACTIONS,
  REVIEW_ACTIONS,
  ROSTER_ACTIONS,
  STANDING_ACTIONS,
  STATION_MODE_ACTIONS,
} from './student-actions';
import { defineStaffFunction } from '../../operator-access/define-staff-function';
import { type OperatorContract } from '../../../miniprogram/shared/contract/operator';

export const main = defineStaffFunction<OperatorContract>({
  name: 'operator',
  actions: {
    ...ACCESS_ACTIONS,
    ...BATCH_ACTIONS,
    ...ROSTER_ACTIONS,
    ...PROGRESS_ACTIONS,
    ...STANDING_ACTIONS,
    ...REVIEW_ACTIONS,
    ...BINDING_ACTIONS,
    ...STATION_MODE_ACTIONS,
  },
});
