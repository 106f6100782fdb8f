/** What WeChat's window about one message answers, and what the pages make of it. */
import { askForMessage } from '../../../miniprogram/platform/subscription';
import { Cancelled } from '../../../miniprogram/platform/problem';
import { failing, type FakeWx, installFakeWx, succeeding } from '../../support/fake-wx';

const TEMPLATE = 'template-1';
let phone: FakeWx;
afterEach(() => {
  phone.remove();
});

/** WeChat fails with this number. */
const failingWith = (errCode: number) => (options: { fail: (failure: object) => void }) => {
  options.fail({ errMsg: 'requestSubscribeMessage:fail', errCode });
};

test.each([
  ['accept', 'accepted'],
  ['acceptWithAudio', 'accepted'],
  ['reject', 'declined'],
  ['ban', 'unavailable'],
  ['filter', 'unavailable'],
])('%s is %s', async (answer, expected) => {
  phone = installFakeWx({ requestSubscribeMessage: succeeding({ [TEMPLATE]: answer }) });
  await expect(askForMessage(TEMPLATE)).resolves.toBe(expected);
});

test.each([
  ['switched off in WeChat’s settings', 20004, 'switched-off'],
  ['a template that does not exist', 20001, 'unavailable'],
  ['a mini program that may send none', 20005, 'unavailable'],
])('%s is an answer too', async (_, errCode, expected) => {
  phone = installFakeWx({ requestSubscribeMessage: failingWith(errCode) });
  await expect(askForMessage(TEMPLATE)).resolves.toBe(expected);
});

test('a lost network is a problem, and WeChat in the background is silence', async () => {
  phone = installFakeWx({ requestSubscribeMessage: failingWith(10003) });
  await expect(askForMessage(TEMPLATE)).rejects.toMatchObject({ problem: 'offline' });
  phone.add({ requestSubscribeMessage: failingWith(10005) });
  await expect(askForMessage(TEMPLATE)).rejects.toBeInstanceOf(Cancelled);
});

test('what nobody has documented is a problem, and so is a WeChat that is too old', async () => {
  phone = installFakeWx({ requestSubscribeMessage: failing('requestSubscribeMessage:fail whatever') });
  await expect(askForMessage(TEMPLATE)).rejects.toMatchObject({ problem: 'unexpected' });
  phone.add({ requestSubscribeMessage: undefined });
  await expect(askForMessage(TEMPLATE)).rejects.toMatchObject({ problem: 'unsupported' });
});
