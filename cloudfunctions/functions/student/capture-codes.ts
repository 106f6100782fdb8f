/** The settings and keys of capture codes, read from the environment when the first code arrives. */
import { type CaptureCodes } from '../../capture-code/binding/resolve-code';
import { createCaptureCodeResolver, readCaptureCodeSettings } from '../../capture-code/capture-code-settings';
import { resolveCodePicture } from '../../capture-code/resolve-code-picture';
import { requireKeptDigestKey } from '../../capture-code/same-digest-key';
import { loadWechatEngine } from '../../capture-code/wechat-engine';

let codes: CaptureCodes | undefined;

/** @throws SettingError when the deployment lacks a key, allows no resolver, or another function has another key */
export async function captureCodes(): Promise<CaptureCodes> {
  codes ??= createCaptureCodes(process.env);
  await requireKeptDigestKey(codes.digestKey);
  return codes;
}

export function createCaptureCodes(environment: Readonly<Record<string, string | undefined>>): CaptureCodes {
  const settings = readCaptureCodeSettings(environment);
  const reading = settings.lastStage ? { lastEngine: loadWechatEngine } : {};
  return {
    resolver: createCaptureCodeResolver(settings),
    digestKey: settings.digestKey,
    resolvePicture: (picture, idTail, resolver) => resolveCodePicture(picture, idTail, resolver, reading),
  };
}
