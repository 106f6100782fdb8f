import { COMMON_WORDS } from '../../miniprogram/copy/app-words';
import { failureView } from '../../miniprogram/components/failure-panel/failure-view';
import { renderComponent } from './support/render-component';

const PATH = 'components/failure-panel/failure-panel';
const calls: string[] = [];

beforeAll(() => {
  (globalThis as unknown as { wx: object }).wx = {
    makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => calls.push(phoneNumber),
  };
});

test('shows nothing without a failure', () => {
  const panel = renderComponent(PATH, { properties: { failure: null } });
  expect(panel.text).toBe('');
  panel.close();
});

test('a bug: what to do, the number to read out, another try, the telephone', async () => {
  const failure = failureView(
    { kind: 'refused', code: 'INTERNAL', details: {}, requestId: 'abcd-efgh-ijkl' },
    '0550-1234567',
  );
  const panel = renderComponent(PATH, { properties: { failure }, events: ['retry', 'settings'] });
  expect(panel.text).toContain('编号 ABCDEFGH');
  expect(panel.text).toContain(COMMON_WORDS.callNumber('0550-1234567'));
  await panel.fire('.failure-retry', 'press');
  await panel.fire('.failure-call', 'press');
  expect(panel.emitted.map(({ name }) => name)).toEqual(['retry']);
  expect(calls).toEqual(['05501234567']);
  expect(panel.has('.failure-settings')).toBe(false);
  panel.close();
});

test('a refused permission: the way to the settings, no useless retry', async () => {
  const failure = failureView({ kind: 'problem', problem: 'camera-refused' }, '');
  const panel = renderComponent(PATH, { properties: { failure }, events: ['settings'] });
  expect(panel.has('.failure-retry')).toBe(false);
  expect(panel.has('.failure-call')).toBe(false);
  await panel.fire('.failure-settings', 'press');
  expect(panel.emitted.map(({ name }) => name)).toEqual(['settings']);
  panel.close();
});
