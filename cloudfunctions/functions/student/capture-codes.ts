/** The settings and keys of capture codes, read from the environment when the first code arrives. */
import { type CaptureCodes } from '../../capture-code/binding/resolve-code';
import { createCaptureCodeResolver, readCaptureCodeSettings } from '../../capture-code/capture-code-settings';
import { DomainError } from '../../../miniprogram/shared/errors';

let codes: CaptureCodes | undefined;

/** @throws SettingError when the deployment lacks a key */
export function captureCodes(): CaptureCodes {
  codes ??= create();
  return codes;
}

function create(): CaptureCodes {
  const settings = readCaptureCodeSettings(process.env);
  return {
    resolver: createCaptureCodeResolver(settings),
    digestKey: settings.digestKey,
    resolvePicture: () => Promise.reject(new DomainError('CODE_NOT_FOUND_IN_PICTURE')),
  };
}
