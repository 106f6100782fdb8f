/**
 * Who allowed one message. WeChat gives one for each tap on "允许"; so a permission is there or it is not, and
 * sending takes it away. Refuses to collect several: nobody is asked again before the first was used.
 */
import { derivedId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { type TransactionCollection, type TransactionScope } from '../platform/transaction';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface ReminderPermission {
  readonly _id: string;
  readonly openid: string;
  /** Afterwards it reminds of nothing. */
  readonly expiresAt: Instant;
}

const idOf = (openid: string) => derivedId('reminder-permission', openid);
const permissionsIn = (scope: TransactionScope): TransactionCollection<ReminderPermission> =>
  scope.collection<ReminderPermission>('reminder_permissions');

export async function isReminderAllowed(openid: string): Promise<boolean> {
  return (await collection<ReminderPermission>('reminder_permissions').get(idOf(openid))) !== null;
}

/** One message is allowed. */
export async function keepPermission(
  scope: TransactionScope,
  openid: string,
  expiresAt: Instant,
): Promise<void> {
  await permissionsIn(scope).set({ _id: idOf(openid), openid, expiresAt });
}

/** The person took back the consent, or what the message was about is deleted. */
export async function forgetPermission(scope: TransactionScope, openid: string): Promise<void> {
  await permissionsIn(scope).remove(idOf(openid));
}

/** Takes the permission, so that nobody else can use it. @returns null when there is none */
export async function takePermission(
  scope: TransactionScope,
  openid: string,
): Promise<ReminderPermission | null> {
  const permission = await permissionsIn(scope).get(idOf(openid));
  if (permission !== null) await permissionsIn(scope).remove(permission._id);
  return permission;
}

/** The message did not go out. */
export async function returnPermission(
  scope: TransactionScope,
  permission: ReminderPermission,
): Promise<void> {
  await permissionsIn(scope).set(permission);
}
