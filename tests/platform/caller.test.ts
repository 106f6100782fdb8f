// Who is calling, read by the real SDK from the environment that the platform sets for each call.
import { type Caller, currentCaller, openidOf } from '../../cloudfunctions/platform/caller';

const VARIABLES = [
  'WX_OPENID',
  'WX_APPID',
  'WX_CONTEXT_KEYS',
  'TCB_SOURCE',
  'TRIGGER_SRC',
  'TENCENTCLOUD_RUNENV',
];

afterEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
});

/** What every instance of the platform has. */
const INSTANCE = { TENCENTCLOUD_RUNENV: 'SCF', TENCENTCLOUD_REGION: 'ap-shanghai', SCF_NAMESPACE: 'local' };
const KEYS = { ...INSTANCE, WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID' };
const PERSON = { ...KEYS, WX_OPENID: 'oABC', WX_APPID: 'wx1' };

const CASES: readonly [name: string, environment: Record<string, string>, caller: Caller][] = [
  ['a phone', { ...PERSON, TCB_SOURCE: 'wx_client' }, { source: 'client', openid: 'oABC', appid: 'wx1' }],
  [
    'the developer tools',
    { ...PERSON, TCB_SOURCE: 'wx_devtools' },
    { source: 'client', openid: 'oABC', appid: 'wx1' },
  ],
  ['a phone whose source is not told', PERSON, { source: 'client', openid: 'oABC', appid: 'wx1' }],
  [
    'an openid of digits only, which the SDK turns into a number',
    { ...PERSON, WX_OPENID: '12345', TCB_SOURCE: 'wx_client' },
    { source: 'client', openid: '12345', appid: 'wx1' },
  ],
  [
    'a function called by a phone’s function',
    { ...PERSON, TCB_SOURCE: 'wx_client,scf' },
    { source: 'function', openid: 'oABC', appid: 'wx1' },
  ],
  [
    'a function called by a timer’s function',
    { ...KEYS, WX_APPID: 'wx1', TCB_SOURCE: 'wx_trigger,scf' },
    { source: 'function', openid: null, appid: 'wx1' },
  ],
  [
    'a timer, by the source that WeChat documents',
    { ...KEYS, WX_APPID: 'wx1', TCB_SOURCE: 'wx_trigger' },
    { source: 'timer' },
  ],
  ['a timer, by the variable that the SDK reads', { ...INSTANCE, TRIGGER_SRC: 'timer' }, { source: 'timer' }],
  ['a timer whose call has no keys', { ...INSTANCE, TCB_SOURCE: 'wx_trigger' }, { source: 'timer' }],
  [
    'a person, even where the source says timer',
    { ...PERSON, TCB_SOURCE: 'wx_trigger', TRIGGER_SRC: 'timer' },
    { source: 'other' },
  ],
  [
    'an HTTP call on an instance that served a timer before',
    { ...KEYS, TCB_SOURCE: 'wx_http', TRIGGER_SRC: 'timer' },
    { source: 'other' },
  ],
  [
    'a guest without identity or keys on an instance that served a timer before',
    { ...INSTANCE, TCB_SOURCE: 'web_client', TRIGGER_SRC: 'timer' },
    { source: 'other' },
  ],
  ['a timer in the middle of a chain', { ...KEYS, TCB_SOURCE: 'wx_trigger,wx_http' }, { source: 'other' }],
  [
    'a phone on an instance that served a timer before',
    { ...PERSON, TCB_SOURCE: 'wx_client', TRIGGER_SRC: 'timer' },
    { source: 'client', openid: 'oABC', appid: 'wx1' },
  ],
  ['an HTTP call', { ...PERSON, TCB_SOURCE: 'wx_http' }, { source: 'other' }],
  ['nobody', KEYS, { source: 'other' }],
  ['a test in the console', INSTANCE, { source: 'other' }],
];

test.each(CASES)('%s', (_name, environment, caller) => {
  Object.assign(process.env, environment);
  expect(currentCaller()).toEqual(caller);
});

test('an openid is there or the call is refused', () => {
  expect(openidOf({ source: 'client', openid: 'oABC', appid: 'wx1' })).toBe('oABC');
  expect(openidOf({ source: 'function', openid: 'oABC', appid: 'wx1' })).toBe('oABC');
  for (const caller of [
    { source: 'function', openid: null, appid: '' },
    { source: 'timer' },
    { source: 'other' },
  ] as const) {
    expect(() => openidOf(caller)).toThrow('UNAUTHENTICATED');
  }
});
