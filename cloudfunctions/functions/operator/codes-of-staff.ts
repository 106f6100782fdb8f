/**
 * Capture codes as the staff needs them: the resolver for station mode, the digest key for finding a binding by its
 * student number, which works without any resolver. Codes are scanned there, so no picture is ever read.
 */
import {
  type CaptureCodeSettings,
  createCaptureCodeResolver,
  readCaptureCodeSettings,
} from '../../capture-code/capture-code-settings';
import { type DigestKey } from '../../capture-code/keyed-digest';
import { requireStudentsDigestKey } from '../../capture-code/same-digest-key';
import { type StationCodes } from '../../station-mode/resolve-at-station';

let settings: CaptureCodeSettings | undefined;
let codes: StationCodes | undefined;

/** @throws SettingError when the deployment lacks the key, or another function has another one */
export async function digestKeyOfStaff(): Promise<DigestKey> {
  settings ??= readCaptureCodeSettings(process.env);
  await requireStudentsDigestKey(settings.digestKey);
  return settings.digestKey;
}

/** @throws SettingError also when the deployment allows no resolver */
export async function codesOfStaff(): Promise<StationCodes> {
  const digestKey = await digestKeyOfStaff();
  codes ??= { resolver: createCaptureCodeResolver(settings!), digestKey };
  return codes;
}
