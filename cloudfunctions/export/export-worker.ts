/** Who packs: a person's call or the timer. */
import { type Call } from '../requests/call';

export type ExportWorker = Pick<Call, 'openid' | 'now' | 'requestId'>;
