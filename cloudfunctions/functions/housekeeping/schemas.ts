/** What each action of `housekeeping` accepts: nothing. */
import { nothing, type SchemasOf } from '../operator/schemas/common';
import { type HousekeepingContract } from '../../../miniprogram/shared/contract/housekeeping';

export const HOUSEKEEPING_SCHEMAS: SchemasOf<HousekeepingContract> = { report: nothing, run: nothing };
