/**
 * WeChat asks for its privacy guideline on the page that is on top. Without a gate the answer is no, and whatever was
 * tapped there never works: so a page from which a protected interface can be reached has one.
 */
import { answerPrivacyQuestions } from '../../miniprogram/platform/privacy';
import { copyText } from '../../miniprogram/operator/platform/clipboard';
import { type FakeWx, installFakeWx } from '../support/fake-wx';
import { allPages } from '../support/protected-interfaces';

const reaching = allPages().filter(({ protectedInterfaces }) => protectedInterfaces.length > 0);

it('the pages that copy, choose or shoot are found', () => {
  const used = Object.fromEntries(reaching.map((page) => [page.name, page.protectedInterfaces]));
  expect(used).toMatchObject({
    'pages/shoot': expect.arrayContaining(['<camera>']) as unknown,
    'operator/members': ['wx.setClipboardData'],
    'operator/progress': ['wx.setClipboardData'],
    'operator/export': ['wx.setClipboardData'],
    'operator/roster': ['wx.chooseMessageFile', 'wx.setClipboardData'],
  });
});

it.each(reaching)('$name can ask for $protectedInterfaces', ({ template }) => {
  expect(template).toMatch(/<privacy-gate \/>\s*<\/view>\s*$/);
});

describe('copying where nobody can ask', () => {
  let phone: FakeWx;
  afterEach(() => {
    phone.remove();
  });

  it('is refused at once instead of hanging', async () => {
    const answers: unknown[] = [];
    let ask: (resolve: (answer: { event: string }) => void) => void = () => undefined;
    phone = installFakeWx({
      onNeedPrivacyAuthorization: (listener: typeof ask) => {
        ask = listener;
      },
      setClipboardData: ({ fail }: { fail: (failure: object) => void }) => {
        ask((answer) => {
          answers.push(answer);
          fail({ errMsg: 'setClipboardData:fail privacy permission is not authorized', errno: 104 });
        });
      },
    });
    answerPrivacyQuestions();
    await expect(copyText('x')).rejects.toMatchObject({ problem: 'privacy-refused' });
    expect(answers).toEqual([{ event: 'disagree' }]);
  });
});
