/**
 * Who this person is beside being a student, as the cloud last said. It only shows and hides entries: every call is
 * decided again in the cloud.
 */
import { learnServerTime } from '../../services/server-clock';
import { Me } from '../../shared/contract/operator/access';
import { operatorService } from './staff-services';

let present: Me | null = null;

export async function loadMe(): Promise<Me> {
  return rememberMe(await operatorService.me({}));
}

export function rememberMe(me: Me): Me {
  present = me;
  learnServerTime(me.now);
  return me;
}

/** The known person, or one call; pages opened from a link or after a restart have nobody yet. */
export async function knownMe(): Promise<Me> {
  return present ?? loadMe();
}
