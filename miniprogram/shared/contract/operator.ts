/**
 * The function `operator`: everything on the other side of the counter but packages (`exporter`) and deletion
 * (`housekeeping`). Who may call what is `shared/roles/role-table.ts`: FORBIDDEN where the role has no reach, NOT_FOUND
 * where the thing is another school's or station's.
 */
import { AccessContract } from './operator/access';
import { BatchesContract } from './operator/batches';
import { BindingContract } from './operator/binding';
import { ProgressContract } from './operator/progress';
import { ReviewContract } from './operator/review';
import { RosterContract } from './operator/roster';
import { StandingContract } from './operator/standing';
import { StationModeContract } from './operator/station-mode';

export interface OperatorContract
  extends
    AccessContract,
    BatchesContract,
    RosterContract,
    ProgressContract,
    StandingContract,
    ReviewContract,
    BindingContract,
    StationModeContract {}
