/**
 * WeChat's privacy authorisation (用户隐私保护指引). Protected functions wait until somebody answers; the page on
 * top answers with its gate (`components/privacy-gate`). Without a gate the answer is no, so nothing hangs.
 * After a refusal WeChat asks again at the next tap, but not within about ten seconds.
 */
import { promised } from './promised';

export interface PrivacyQuestion {
  /** The question is on the screen; WeChat's guide asks to be told before the answer. */
  readonly shown: () => void;
  /** The person tapped the agree button with this id. */
  readonly agree: (buttonId: string) => void;
  readonly refuse: () => void;
}

type Gate = (question: PrivacyQuestion) => void;

let gate: Gate | null = null;

/** Registered once at launch: WeChat keeps only the last listener. */
export function answerPrivacyQuestions(): void {
  if (typeof wx.onNeedPrivacyAuthorization !== 'function') return;
  wx.onNeedPrivacyAuthorization((resolve) => {
    const question: PrivacyQuestion = {
      shown: () => {
        resolve({ event: 'exposureAuthorization' });
      },
      agree: (buttonId) => {
        resolve({ event: 'agree', buttonId });
      },
      refuse: () => {
        resolve({ event: 'disagree' });
      },
    };
    if (gate === null) question.refuse();
    else gate(question);
  });
}

/** The gate of the page on top. Returns the function that takes it away. */
export function openPrivacyGate(ask: Gate): () => void {
  gate = ask;
  return () => {
    if (gate === ask) gate = null;
  };
}

/**
 * Makes sure that the guideline is agreed to before a protected component is shown.
 * @throws PlatformError privacy-refused
 */
export async function requirePrivacy(): Promise<void> {
  if (typeof wx.requirePrivacyAuthorize !== 'function') return;
  await promised((done) => {
    wx.requirePrivacyAuthorize(done);
  }, 'privacy-refused');
}

/** The name that the guideline carries in WeChat, or null where it cannot be read. */
export async function privacyContractName(): Promise<string | null> {
  try {
    const setting = await promised<WechatMiniprogram.GetPrivacySettingSuccessCallbackResult>((done) => {
      wx.getPrivacySetting(done);
    });
    return setting.privacyContractName || null;
  } catch {
    return null;
  }
}

export async function openPrivacyContract(): Promise<void> {
  await promised((done) => {
    wx.openPrivacyContract(done);
  });
}
