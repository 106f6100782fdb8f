/** How many messages a person allowed us to send: WeChat gives one for each tap on "允许". */
import { derivedId } from '../identity/unguessable-id';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { type Instant } from '../../miniprogram/shared/identity/ids';

interface PermissionDocument {
  readonly _id: string;
  readonly openid: string;
  readonly left: number;
  readonly expiresAt: Instant;
}

/** More taps than that bring nothing. */
const AT_MOST = 5;
/** A permission of last year reminds of nothing. */
const KEPT_SECONDS = 365 * 24 * 3600;

const idOf = (openid: string) => derivedId('reminder-permission', openid);

/** One more message is allowed. */
export async function allowReminder(call: Call): Promise<void> {
  const { openid } = call;
  await runTransaction(async (scope) => {
    const permissions = scope.collection<PermissionDocument>('reminder_permissions');
    const left = Math.min(AT_MOST, ((await permissions.get(idOf(openid)))?.left ?? 0) + 1);
    const expiresAt = secondsAfter(call.now, KEPT_SECONDS);
    await permissions.set({ _id: idOf(openid), openid, left, expiresAt });
  });
}

/** @returns false when none is left */
export async function usePermission(openid: string): Promise<boolean> {
  return change(openid, -1);
}

/** The message did not go out. */
export async function returnPermission(openid: string): Promise<void> {
  await change(openid, 1);
}

async function change(openid: string, by: 1 | -1): Promise<boolean> {
  return runTransaction(async (scope) => {
    const permissions = scope.collection<PermissionDocument>('reminder_permissions');
    const stored = await permissions.get(idOf(openid));
    if (stored === null || stored.left + by < 0) return false;
    await permissions.update(stored._id, { left: stored.left + by });
    return true;
  });
}
