import {
  createCaptureCodeResolver,
  readCaptureCodeSettings,
} from '../../cloudfunctions/capture-code/capture-code-settings';
import { SettingError } from '../../cloudfunctions/platform/setting-error';
import { MAXIMUM_CAPTURE_CODE_BYTES } from '../../miniprogram/shared/identity/capture-code-payload';
import { issueCode } from '../../local/cli/support/issue-code';
import { readSchoolKey, serverSettingOf } from '../../local/cli/support/school-key';
import { refusalOf } from '../support/refusal';
import { refused, startStubGateway } from '../support/stub-gateway';

const KEY = Buffer.alloc(32, 5).toString('base64');
const MINIMUM = {
  CAPTURE_CODE_DIGEST_KEY: KEY,
  CAPTURE_CODE_SCHOOL_KEYS: serverSettingOf(),
  SCF_NAMESPACE: 'local',
};

function settingErrorOf(environment: Readonly<Record<string, string>>): string | undefined {
  try {
    readCaptureCodeSettings(environment);
    return undefined;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    for (const value of Object.values(environment))
      if (value !== '') expect(error.message).not.toContain(value);
    return error.setting;
  }
}

test.each([
  ['nothing else', {}],
  ['a misspelt name', { CAPTURE_CODE_SCHOOL_KEY: serverSettingOf() }],
  ['empty settings', { CAPTURE_CODE_SCHOOL_KEYS: '', CAPTURE_CODE_GATEWAY_URL: '' }],
])('one key is enough to find a binding, but resolves no code: %s beside it', (_, others) => {
  const settings = readCaptureCodeSettings({ CAPTURE_CODE_DIGEST_KEY: KEY, ...others });
  expect(settings).toMatchObject({ schoolKeys: [], lastStage: false });
  expect(settings.gateway).toBeUndefined();
  expect(() => createCaptureCodeResolver(settings)).toThrow(
    new SettingError('CAPTURE_CODE_SCHOOL_KEYS or CAPTURE_CODE_GATEWAY_URL'),
  );
});

const GATEWAY = {
  CAPTURE_CODE_GATEWAY_URL: 'https://gateway.example/resolve',
  CAPTURE_CODE_GATEWAY_KEY_ID: 'operator-1',
  CAPTURE_CODE_GATEWAY_SECRET: KEY,
};

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['no key', {}, 'CAPTURE_CODE_DIGEST_KEY'],
  ['a short key', { CAPTURE_CODE_DIGEST_KEY: 'c2hvcnQ=' }, 'CAPTURE_CODE_DIGEST_KEY'],
  ['half a school key', { ...MINIMUM, CAPTURE_CODE_SCHOOL_KEYS: '99999:abc' }, 'CAPTURE_CODE_SCHOOL_KEYS'],
  ['an unknown switch', { ...MINIMUM, CAPTURE_CODE_LAST_STAGE: 'yes' }, 'CAPTURE_CODE_LAST_STAGE'],
  [
    'a gateway without its address',
    { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_URL: '' },
    'CAPTURE_CODE_GATEWAY_URL',
  ],
  ["only the gateway's secret", { ...MINIMUM, CAPTURE_CODE_GATEWAY_SECRET: KEY }, 'CAPTURE_CODE_GATEWAY_URL'],
  ['no address', { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_URL: 'gateway' }, 'CAPTURE_CODE_GATEWAY_URL'],
  [
    'an address without encryption',
    { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_URL: 'http://gateway.example/' },
    'CAPTURE_CODE_GATEWAY_URL',
  ],
  [
    'a password in the address',
    { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_URL: 'https://a:b@gateway.example/' },
    'CAPTURE_CODE_GATEWAY_URL',
  ],
  ['no key id', { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_KEY_ID: '' }, 'CAPTURE_CODE_GATEWAY_KEY_ID'],
  ['no secret', { ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_SECRET: '' }, 'CAPTURE_CODE_GATEWAY_SECRET'],
])('%s stops the function by the name of the setting, without its value', (_, environment, setting) => {
  expect(settingErrorOf(environment)).toBe(setting);
});

describe('who is asked', () => {
  const aCode = async () =>
    (
      await issueCode(
        {
          studentNumber: '202105130123',
          name: '张小三',
          level: '高起本',
          year: '2021',
          idNumber: '11010519491231002X',
          expiresAt: new Date('2099-07-01T00:00:00Z'),
        },
        readSchoolKey(),
      )
    ).payload;

  test('a signed code stays here, anything else goes to the gateway', async () => {
    const stub = await startStubGateway();
    stub.behave(refused('unknown'));
    const resolver = createCaptureCodeResolver(
      readCaptureCodeSettings({ ...MINIMUM, ...GATEWAY, CAPTURE_CODE_GATEWAY_URL: String(stub.url) }),
    );
    await expect(resolver.resolve(await aCode(), '002x')).resolves.toMatchObject({ maskedName: '张*三' });
    const forged = Uint8Array.from(await aCode());
    forged[30] = forged[30] === 65 ? 66 : 65;
    expect(await refusalOf(resolver.resolve(forged, '002X'))).toMatch(/CODE_FORGED|CODE_NOT_RECOGNISED/);
    expect(stub.requests).toHaveLength(0);
    expect(await refusalOf(resolver.resolve(Buffer.from('something else'), '002X'))).toBe(
      'CODE_NOT_RECOGNISED',
    );
    expect(stub.requests).toHaveLength(1);
    await stub.close();
  });

  test('without a gateway other codes are not recognised', async () => {
    const resolver = createCaptureCodeResolver(readCaptureCodeSettings(MINIMUM));
    expect(resolver.recognises(Buffer.from('something else'))).toBe(false);
    expect(await refusalOf(resolver.resolve(Buffer.from('something else'), '002X'))).toBe(
      'CODE_NOT_RECOGNISED',
    );
  });

  test('payloads and tails outside their limits never reach a resolver', async () => {
    const resolver = createCaptureCodeResolver(readCaptureCodeSettings(MINIMUM));
    const long = Buffer.alloc(MAXIMUM_CAPTURE_CODE_BYTES + 1, 65);
    expect(await refusalOf(resolver.resolve(long, '002X'))).toBe('CODE_TOO_LONG');
    expect(await refusalOf(resolver.resolve(await aCode(), '02X'))).toBe('INVALID_REQUEST');
  });
});

test('the demonstration key says what it is, and only the embedded cloud trusts it', () => {
  expect(readSchoolKey().demonstration).toBe(true);
  expect(readCaptureCodeSettings(MINIMUM).schoolKeys).toHaveLength(1);
  for (const namespace of ['default', '']) {
    expect(settingErrorOf({ ...MINIMUM, SCF_NAMESPACE: namespace })).toBe('CAPTURE_CODE_SCHOOL_KEYS');
  }
});

test("the worked example's key is everybody's too", () => {
  const digestKey = Buffer.alloc(32, 1).toString('base64url');
  const zeroSeed = 'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik';
  const example = `99999:${zeroSeed}:${digestKey}`;
  const real = { ...MINIMUM, SCF_NAMESPACE: 'default' };
  expect(settingErrorOf({ ...real, CAPTURE_CODE_SCHOOL_KEYS: example })).toBe('CAPTURE_CODE_SCHOOL_KEYS');
});
