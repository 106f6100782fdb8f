/**
 * Capture codes as the staff needs them: the resolver for station mode, the digest key for finding a binding by its
 * student number. Codes are scanned there, so no picture is ever read.
 */
import { createCaptureCodeResolver, readCaptureCodeSettings } from '../../capture-code/capture-code-settings';
import { type StationCodes } from '../../station-mode/resolve-at-station';

let codes: StationCodes | undefined;

/** @throws SettingError when the deployment lacks a key */
export function codesOfStaff(): StationCodes {
  if (codes === undefined) {
    const settings = readCaptureCodeSettings(process.env);
    codes = { resolver: createCaptureCodeResolver(settings), digestKey: settings.digestKey };
  }
  return codes;
}
