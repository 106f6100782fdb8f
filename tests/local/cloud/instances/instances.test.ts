// Function instances: identity, isolation, limits, crashes. All of it through the phone's gateway.
import { type DeployedFixture, startTestCloud, type TestCloud } from '../support/laboratory';

const FIXTURES: Readonly<Record<string, DeployedFixture>> = {
  slow: {
    source: `exports.main = ({ ms, pid }) => new Promise((done) => setTimeout(() => done(process.pid), ms));`,
    config: { timeout: 1 },
  },
  busy: { source: 'exports.main = () => { for (;;) ; };', config: { timeout: 1 } },
  crashing: { source: 'exports.main = ({ crash }) => { if (crash) process.exit(3); return process.pid; };' },
  thrower: { source: `exports.main = () => { throw new TypeError('broken on purpose'); };` },
  hungry: {
    source:
      'exports.main = () => { const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random())); };',
    config: { timeout: 20, memorySize: 64 },
  },
  unloadable: { source: `throw new Error('cannot load');` },
  large: { source: `exports.main = ({ bytes }) => 'x'.repeat(bytes);` },
  talkative: {
    source: `exports.main = () => { console.log('one\\ntwo'); console.error('three'); return 1; };`,
  },
  environment: { source: 'exports.main = () => process.env;' },
  counter: {
    source: 'let calls = 0; exports.main = () => { calls += 1; return { calls, pid: process.pid }; };',
  },
};

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud(
    {
      maximumInstances: 4,
      environment: (name) => (name === 'environment' ? { SCHOOL_KEY: 'secret' } : {}),
      identityCheck: (openid) => openid !== 'stranger',
    },
    FIXTURES,
  );
});
afterAll(() => lab.dispose());

const call = async (name: string, data: object = {}, openid = 'tester') =>
  (await lab.cloud.client(openid).callFunction(name, data)).result;

describe('identity', () => {
  test('comes from the session and nowhere else', async () => {
    const forged = {
      code: `({ cloud, event }) => ({ context: cloud.getWXContext(), userInfo: event.userInfo })`,
      OPENID: 'somebody-else',
      openid: 'somebody-else',
      userInfo: { openId: 'somebody-else' },
      WX_OPENID: 'somebody-else',
    };
    await expect(call('laboratory', forged, 'me')).resolves.toEqual({
      context: { OPENID: 'me', APPID: 'wx0000000000local', ENV: 'local', SOURCE: 'wx_client' },
      userInfo: { appId: 'wx0000000000local', openId: 'me' },
    });
  });

  test('of 12 parallel users never gets mixed up, on fewer instances than users', async () => {
    const users = Array.from({ length: 12 }, (_, n) => `user-${n}`);
    const seen = await Promise.all(
      users.map((user) =>
        lab.runAs(user, async ({ cloud }) => {
          const before = cloud.getWXContext().OPENID;
          await new Promise((resolve) => setTimeout(resolve, 30));
          return [before, cloud.getWXContext().OPENID];
        }),
      ),
    );
    expect(seen).toEqual(users.map((user) => [user, user]));
    expect(lab.cloud.stats().instances.laboratory).toBeLessThanOrEqual(4);
  });

  test('travels along when a function calls a function, and the callee sees that', async () => {
    const seen = await lab.runAs('me', async ({ cloud, platform }) => {
      const { result } = await cloud.callFunction({
        name: 'laboratory',
        data: { code: '({ cloud, platform }) => [cloud.getWXContext(), platform.currentCaller()]' },
      });
      return [platform.currentCaller(), ...(result as unknown[])];
    });
    expect(seen).toEqual([
      { source: 'client', openid: 'me', appid: 'wx0000000000local' },
      expect.objectContaining({ OPENID: 'me', SOURCE: 'wx_client,scf' }),
      { source: 'function', openid: 'me', appid: 'wx0000000000local' },
    ]);
  });

  test('is refused when it is not allowed, not an openid, or not signed', async () => {
    await expect(call('counter', {}, 'stranger')).rejects.toMatchObject({ code: 'INVALID_REQUEST_SOURCE' });
    await expect(call('counter', {}, '123456')).rejects.toMatchObject({ code: 'INVALID_PARAM' });
    const answers = await Promise.all(
      [undefined, 'me.wx0000000000local.AAAA', 'me'].map((session) =>
        fetch(`${lab.cloud.url}/client/call`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(session === undefined ? {} : { 'x-cloud-session': session }),
          },
          body: JSON.stringify({ name: 'counter', data: {} }),
        }).then((response) => response.json()),
      ),
    );
    expect(answers).toEqual(Array(3).fill(expect.objectContaining({ code: 'INVALID_REQUEST_SOURCE' })));
  });
});

describe('an instance', () => {
  test('stays warm and serves the next call', async () => {
    const first = (await call('counter')) as { calls: number; pid: number };
    const second = (await call('counter')) as { calls: number; pid: number };
    expect(second).toEqual({ calls: first.calls + 1, pid: first.pid });
  });

  test('serves one call at a time; more calls start more instances, up to the limit', async () => {
    const pids = await Promise.all(Array.from({ length: 8 }, () => call('slow', { ms: 150 })));
    expect(new Set(pids).size).toBeGreaterThan(1);
    expect(new Set(pids).size).toBeLessThanOrEqual(4);
  });

  test('sees its own settings and nothing of this machine', async () => {
    process.env.SECRET_OF_THIS_MACHINE = 'x';
    const environment = (await call('environment')) as Record<string, string>;
    delete process.env.SECRET_OF_THIS_MACHINE;
    expect(environment).toMatchObject({
      SCHOOL_KEY: 'secret',
      TZ: 'UTC',
      TENCENTCLOUD_RUNENV: 'SCF',
      TCB_ENV: 'local',
    });
    expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['SECRET_OF_THIS_MACHINE']));
    expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(['HOME']));
  });

  test('that takes too long is ended with the platform’s words, and the next call works', async () => {
    await expect(call('slow', { ms: 5000 })).rejects.toMatchObject({
      code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
      errCode: -504003,
      message: expect.stringContaining('Invoking task timed out after 1 seconds') as string,
    });
    await expect(call('slow', { ms: 1 })).resolves.toEqual(expect.any(Number));
  });

  test('that never gives the processor back is ended too', async () => {
    await expect(call('busy')).rejects.toMatchObject({ code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' });
  });

  test('that crashes fails its call only; the next one gets a fresh process', async () => {
    const before = await call('crashing');
    await expect(call('crashing', { crash: true })).rejects.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL' });
    await expect(call('crashing')).resolves.not.toBe(before);
  });

  test('that dies while nobody calls is replaced', async () => {
    const pid = (await call('crashing')) as number;
    process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(call('crashing')).resolves.not.toBe(pid);
  });

  test('that eats too much memory is ended', async () => {
    await expect(call('hungry')).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      message: expect.stringContaining('memory limit') as string,
    });
  });

  test('that throws answers with its error', async () => {
    await expect(call('thrower')).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
      errCode: -504002,
      message: expect.stringContaining('TypeError: broken on purpose') as string,
    });
  });

  test('that cannot be loaded says so, every time', async () => {
    await expect(call('unloadable')).rejects.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL' });
    await expect(call('unloadable')).rejects.toMatchObject({ code: 'FUNCTIONS_EXECUTE_FAIL' });
  });

  test('leaves its lines in the log', async () => {
    await call('talkative');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const lines = lab.cloud.logs().filter((line) => line.function === 'talkative');
    expect(lines.map(({ stream, text }) => `${stream}:${text}`).sort()).toEqual([
      'stderr:three',
      'stdout:one',
      'stdout:two',
    ]);
  });
});

describe('limits of a call', () => {
  test('100 KB of text in', async () => {
    await expect(call('large', { bytes: 1, filler: 'x'.repeat(99_000) })).resolves.toBe('x');
    await expect(call('large', { bytes: 1, filler: 'x'.repeat(103_000) })).rejects.toMatchObject({
      code: 'EXCEED_REQUEST_LIMIT',
    });
  });

  test('1 MB out', async () => {
    await expect(call('large', { bytes: 1024 * 1024 - 2 })).resolves.toHaveLength(1024 * 1024 - 2);
    await expect(call('large', { bytes: 1024 * 1024 })).rejects.toMatchObject({
      code: 'FUNCTIONS_EXECUTE_FAIL',
    });
  });

  test('a function that is there', async () => {
    for (const name of ['nothing', '../laboratory', 'constructor', '']) {
      await expect(call(name)).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    }
  });
});
