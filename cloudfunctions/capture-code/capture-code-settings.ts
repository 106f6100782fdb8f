/**
 * The settings of capture codes, read from the environment of the function once and checked before anything
 * uses them. A setting that is wrong stops the function with its name; the value is never part of the message.
 */
import * as v from 'valibot';
import { type CaptureCodeResolver } from './resolvers/capture-code-resolver';
import { createGatewayResolver } from './resolvers/gateway-resolver';
import { type GatewaySettings } from './resolvers/gateway-client';
import { resolveWith } from './resolvers/resolve-with';
import { createSignedResolver, publicKeyFromRaw, type TrustedSchoolKey } from './resolvers/signed-resolver';
import { DigestKey, MINIMUM_KEY_BYTES } from './keyed-digest';
import { EVERYBODYS_PUBLIC_KEYS, isEmbeddedCloud } from './public-keys';
import { SettingError } from '../platform/setting-error';

export interface CaptureCodeSettings {
  /** CAPTURE_CODE_DIGEST_KEY: base64 of 32 random bytes or more; changing it forgets who is bound. */
  readonly digestKey: DigestKey;
  /** CAPTURE_CODE_GATEWAY_URL, _KEY_ID, _SECRET: all or none. */
  readonly gateway?: GatewaySettings;
  /** CAPTURE_CODE_SCHOOL_KEYS: school code, public key and digest key, see docs/capture-code.md. */
  readonly schoolKeys: readonly TrustedSchoolKey[];
  /** CAPTURE_CODE_LAST_STAGE: "on" lets a picture that gave nothing go through the slow second engine. */
  readonly lastStage: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'CAPTURE_CODE_';

/** @throws SettingError also for a key that everybody has, outside the embedded cloud */
export function readCaptureCodeSettings(environment: Environment): CaptureCodeSettings {
  const gateway = readGateway(environment);
  return {
    digestKey: new DigestKey(secret(environment, `${PREFIX}DIGEST_KEY`)),
    ...(gateway ? { gateway } : {}),
    schoolKeys: readSchoolKeys(environment[`${PREFIX}SCHOOL_KEYS`], isEmbeddedCloud(environment)),
    lastStage: readSwitch(environment, `${PREFIX}LAST_STAGE`, 'off'),
  };
}

/**
 * The resolvers that these settings allow, signed codes first because the gateway takes whatever is left.
 * @throws SettingError where they allow none: a student would be told that the code is no code
 */
export function createCaptureCodeResolver(
  settings: CaptureCodeSettings,
  now: () => Date = () => new Date(),
): CaptureCodeResolver {
  const { digestKey, gateway, schoolKeys } = settings;
  if (schoolKeys.length === 0 && gateway === undefined) {
    throw new SettingError(`${PREFIX}SCHOOL_KEYS or ${PREFIX}GATEWAY_URL`);
  }
  return resolveWith([
    createSignedResolver(schoolKeys, digestKey, now),
    ...(gateway ? [createGatewayResolver(gateway, digestKey)] : []),
  ]);
}

/** @throws SettingError also for a key without an address: codes would go nowhere, and nobody would know */
function readGateway(environment: Environment): GatewaySettings | undefined {
  const address = environment[`${PREFIX}GATEWAY_URL`] ?? '';
  const keyId = environment[`${PREFIX}GATEWAY_KEY_ID`] ?? '';
  const key = environment[`${PREFIX}GATEWAY_SECRET`] ?? '';
  if (address === '' && keyId === '' && key === '') return undefined;
  const url = readUrl(address);
  if (!/^[\w-]{1,64}$/.test(keyId)) throw new SettingError(`${PREFIX}GATEWAY_KEY_ID`);
  return { url, keyId, secret: secret(environment, `${PREFIX}GATEWAY_SECRET`) };
}

function readUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const here = url?.hostname === '127.0.0.1' || url?.hostname === '[::1]';
  const encrypted = url?.protocol === 'https:' || (url?.protocol === 'http:' && here);
  if (url === undefined || !encrypted || url.username !== '' || url.password !== '') {
    throw new SettingError(`${PREFIX}GATEWAY_URL`);
  }
  return url;
}

const schoolKeyEntry = v.pipe(v.string(), v.regex(/^\d{5}:[\w-]{43}:[\w-]{43}$/));

/** `<school code>:<public key>:<digest key>`, separated by commas; both keys 32 bytes in base64url. */
function readSchoolKeys(text: string | undefined, trustEverybody: boolean): readonly TrustedSchoolKey[] {
  const entries = (text ?? '').split(',').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (!v.is(schoolKeyEntry, entry)) throw new SettingError(`${PREFIX}SCHOOL_KEYS`);
      const [schoolCode, publicKey, digestKey] = entry.split(':');
      if (!trustEverybody && EVERYBODYS_PUBLIC_KEYS.includes(publicKey!)) {
        throw new SettingError(`${PREFIX}SCHOOL_KEYS`);
      }
      return {
        schoolCode: schoolCode!,
        publicKey: publicKeyFromRaw(Buffer.from(publicKey!, 'base64url')),
        digestKey: new DigestKey(Buffer.from(digestKey!, 'base64url')),
      };
    });
}

function secret(environment: Environment, name: string): Uint8Array {
  const bytes = Buffer.from(environment[name] ?? '', 'base64');
  if (bytes.length < MINIMUM_KEY_BYTES) throw new SettingError(name);
  return bytes;
}

function readSwitch(environment: Environment, name: string, standard: 'on' | 'off'): boolean {
  const value = environment[name] ?? standard;
  if (value !== 'on' && value !== 'off') throw new SettingError(name);
  return value === 'on';
}
