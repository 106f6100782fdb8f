import fc from 'fast-check';
import { parseCron } from '../../../../local/cloud/timers/cron';
import { startTestCloud } from '../support/laboratory';

describe('the seven-field cron, in China’s time', () => {
  const CASES: readonly [expression: string, utc: string, fires: boolean][] = [
    ['0 0 3 * * * *', '2026-11-21T19:00:00Z', true], // 03:00 in Shanghai
    ['0 0 3 * * * *', '2026-11-21T19:00:01Z', false],
    ['0 0 3 * * * *', '2026-11-22T03:00:00Z', false],
    ['*/5 * * * * * *', '2026-11-22T00:00:25Z', true],
    ['*/5 * * * * * *', '2026-11-22T00:00:26Z', false],
    ['0 10-20/5 * * * * *', '2026-11-22T00:15:00Z', true],
    ['0 10-20/5 * * * * *', '2026-11-22T00:16:00Z', false],
    ['0 30/15 * * * * *', '2026-11-22T00:45:00Z', true],
    ['0 0 0 1 JAN * *', '2026-12-31T16:00:00Z', true], // New Year in Shanghai
    ['0 0 0 * * MON *', '2026-11-22T16:00:00Z', true], // Monday the 23rd in Shanghai
    ['0 0 0 * * MON *', '2026-11-23T16:00:00Z', false],
    ['0 0 0 * * 0,7 *', '2026-11-21T16:00:00Z', true], // both are Sunday
    ['0 0 0 1 * MON *', '2026-11-22T16:00:00Z', true], // either day is enough
    ['0 0 0 1 * MON *', '2026-11-30T16:00:00Z', true],
    ['0 0 0 * * * 2027', '2026-11-22T16:00:00Z', false],
  ];

  test.each(CASES)('%s at %s: %s', (expression, utc, fires) => {
    expect(parseCron(expression).matches(new Date(utc))).toBe(fires);
  });

  test.each([
    '* * * * *',
    '* * * * * *',
    '60 * * * * * *',
    '* * 24 * * * *',
    '* * * 0 * * *',
    '* * * * 13 * *',
    '* * * * * 8 *',
    '5-1 * * * * * *',
    '*/0 * * * * * *',
    'a * * * * * *',
    '? * * * * * *',
    '* * * L * * *',
    '1.5 * * * * * *',
    '',
  ])('%j is refused', (expression) => {
    expect(() => parseCron(expression)).toThrow(RangeError);
  });

  test('of one fixed moment fires in that second only', () => {
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -100_000, max: 100_000 }), (date, seconds) => {
        const local = new Date(date.getTime() + 8 * 3_600_000);
        const fields = [
          local.getUTCSeconds(),
          local.getUTCMinutes(),
          local.getUTCHours(),
          local.getUTCDate(),
          local.getUTCMonth() + 1,
        ];
        const schedule = parseCron(`${fields.join(' ')} * ${local.getUTCFullYear()}`);
        expect(schedule.matches(date)).toBe(true);
        expect(schedule.matches(new Date(date.getTime() + seconds * 1000))).toBe(seconds === 0);
      }),
    );
  });
});

describe('timers of deployed functions', () => {
  const source = `exports.main = (event) => ({
    event: { ...event, Time: typeof event.Time },
    source: process.env.TCB_SOURCE,
    openid: process.env.WX_OPENID,
  });`;
  const functions = {
    nightly: { source, config: { triggers: [{ name: 'clean', type: 'timer', config: '0 0 3 * * * *' }] } },
    often: {
      source: `exports.main = () => { console.log('fired'); return process.env.TCB_SOURCE; };`,
      config: { triggers: [{ name: 'tick', type: 'timer', config: '*/2 * * * * * *' }] },
    },
  };

  test('fire by hand and by the clock, as a timer without identity', async () => {
    const start = Date.parse('2026-11-22T00:00:00.500Z');
    const time = { offset: 0 };
    const lab = await startTestCloud({ now: () => new Date(start + time.offset), timers: true }, functions);
    try {
      await expect(lab.cloud.fireTimer('nightly', 'clean')).resolves.toEqual({
        event: { Type: 'Timer', TriggerName: 'clean', Message: '', Time: 'string' },
        source: 'wx_trigger',
      });
      expect(() => lab.cloud.fireTimer('nightly', 'unknown')).toThrow(RangeError);
      expect(() => lab.cloud.fireTimer('laboratory', 'clean')).toThrow(RangeError);

      const fired = () => lab.cloud.logs().filter((line) => line.function === 'often').length;
      time.offset = 4_000; // seconds 2 and 4 have come
      await waitFor(() => fired() >= 2);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(fired()).toBe(2);
      // A person who calls the same instance afterwards is no timer.
      await expect(lab.cloud.client('me').callFunction('often', {})).resolves.toMatchObject({
        result: 'wx_client',
      });
    } finally {
      await lab.dispose();
    }
  });

  test('fire by hand only, where the cloud is told so', async () => {
    const start = Date.parse('2026-11-22T00:00:00.500Z');
    const time = { offset: 0 };
    const lab = await startTestCloud({ now: () => new Date(start + time.offset), timers: false }, functions);
    try {
      time.offset = 4_000; // seconds 2 and 4 have come
      await new Promise((resolve) => setTimeout(resolve, 800));
      expect(lab.cloud.logs()).toEqual([]);
      await expect(lab.cloud.fireTimer('often', 'tick')).resolves.toBe('wx_trigger');
    } finally {
      await lab.dispose();
    }
  });

  test('that are malformed keep the cloud from starting, rather than never firing', async () => {
    const config = { triggers: [{ name: 'x', type: 'timer', config: '* * * * *' }] };
    await expect(startTestCloud({}, { wrong: { source, config } })).rejects.toThrow('seven fields');
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100 && !condition(); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
