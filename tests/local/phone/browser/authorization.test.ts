/**
 * Permissions and privacy in WeChat's order.
 * @jest-environment jsdom
 */
import { Authorization } from '../../../../local/phone/browser/phone/authorization';
import { PhoneState } from '../../../../local/phone/browser/phone/phone-state';
import { type Dialogs } from '../../../../local/phone/browser/screen/dialogs';

/** Answers every question of the phone with the next of these. */
function phoneThatAnswers(...answers: boolean[]): {
  authorization: Authorization;
  state: PhoneState;
  asked: string[];
} {
  const asked: string[] = [];
  const dialogs = {
    ask: ({ title = '' }: { title?: string }) => {
      asked.push(title);
      return Promise.resolve({ answer: answers.shift() ?? false, text: '' });
    },
  } as unknown as Dialogs;
  const state = new PhoneState('someone');
  return {
    authorization: new Authorization(state, dialogs, { name: '样例', checksPrivacy: true }),
    state,
    asked,
  };
}

beforeEach(() => {
  localStorage.clear();
  jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask'] });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('permission', () => {
  test('is asked for once; what was decided stands', async () => {
    const { authorization, asked } = phoneThatAnswers(true);
    await expect(authorization.requirePermission('scope.camera')).resolves.toBeUndefined();
    await expect(authorization.requirePermission('scope.camera')).resolves.toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(authorization.authSetting).toEqual({ 'scope.camera': true });
  });

  test('a refusal is not asked again', async () => {
    const { authorization, asked } = phoneThatAnswers(false);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(authorization.requirePermission('scope.camera')).resolves.toEqual({
        kind: 'permission-refused',
      });
    }
    expect(asked).toHaveLength(1);
    expect(authorization.authSetting).toEqual({ 'scope.camera': false });
  });

  test('two questions at the same time are one', async () => {
    const { authorization, asked } = phoneThatAnswers(true);
    await Promise.all([
      authorization.requirePermission('scope.camera'),
      authorization.requirePermission('scope.camera'),
    ]);
    expect(asked).toHaveLength(1);
  });
});

describe('privacy', () => {
  test('agreed once is agreed, also after a restart', async () => {
    const { authorization, asked } = phoneThatAnswers(true);
    await expect(authorization.requirePrivacy('chooseMedia')).resolves.toBeUndefined();
    expect(authorization.needsPrivacyAuthorization).toBe(false);
    expect(phoneThatAnswers().authorization.needsPrivacyAuthorization).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('a refusal keeps silent for ten seconds, then asks again', async () => {
    const { authorization, asked } = phoneThatAnswers(false, true);
    await expect(authorization.requirePrivacy('camera')).resolves.toEqual({
      kind: 'privacy-refused',
      errno: 103,
    });
    jest.setSystemTime(9_999);
    await expect(authorization.requirePrivacy('camera')).resolves.toEqual({
      kind: 'privacy-refused',
      errno: 104,
    });
    expect(asked).toHaveLength(1);
    jest.setSystemTime(10_000);
    await expect(authorization.requirePrivacy('camera')).resolves.toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  test('a page that listens is asked instead, and may agree only after its button was tapped', async () => {
    const { authorization, asked } = phoneThatAnswers();
    const complaint = jest.spyOn(console, 'error').mockImplementation();
    const referrers: string[] = [];
    authorization.onNeedPrivacyAuthorization((resolve, { referrer }) => {
      referrers.push(referrer);
      resolve({ event: 'exposureAuthorization' });
      resolve({ event: 'agree', buttonId: 'yes' });
      authorization.agreeByButton('yes');
      resolve({ event: 'agree', buttonId: 'yes' });
    });
    await expect(authorization.requirePrivacy('chooseMedia')).resolves.toBeUndefined();
    expect(complaint).toHaveBeenCalledTimes(1);
    expect(referrers).toEqual(['chooseMedia']);
    expect(asked).toEqual([]);
    complaint.mockRestore();
  });

  test('only the last listener is asked', async () => {
    const { authorization } = phoneThatAnswers();
    const asked: string[] = [];
    for (const name of ['first', 'last']) {
      authorization.onNeedPrivacyAuthorization((resolve) => {
        asked.push(name);
        resolve({ event: 'disagree' });
      });
    }
    await authorization.requirePrivacy('camera');
    expect(asked).toEqual(['last']);
  });
});
