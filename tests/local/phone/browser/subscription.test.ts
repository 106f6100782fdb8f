/**
 * The browser phone's stand-in for WeChat's window about one-time messages.
 * @jest-environment jsdom
 */
import { type Phone } from '../../../../local/phone/browser/phone/phone';
import { subscriptionFunctions } from '../../../../local/phone/browser/wx/subscription';

type Ask = (options: { readonly tmplIds?: readonly string[] }) => Promise<unknown>;

function phoneThatAnswers(answer: 'accept' | 'reject', tapped = true): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const phone = {
    dialogs: {
      ask: ({ title = '' }: { title?: string }) => {
        asked.push(title);
        return Promise.resolve({ answer, text: '' });
      },
    },
  } as unknown as Phone;
  return { ask: subscriptionFunctions(phone, () => tapped)['requestSubscribeMessage'] as Ask, asked };
}

test.each(['accept', 'reject'] as const)('answers %s for the template, as WeChat does', async (answer) => {
  const { ask, asked } = phoneThatAnswers(answer);
  await expect(ask({ tmplIds: ['template-1'] })).resolves.toEqual({
    'template-1': answer,
    errMsg: 'requestSubscribeMessage:ok',
  });
  expect(asked).toEqual([expect.stringContaining('模拟')]);
});

test('asks nobody without a tap, and about no template', async () => {
  const untouched = phoneThatAnswers('accept', false);
  await expect(untouched.ask({ tmplIds: ['template-1'] })).rejects.toEqual({
    errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.',
  });
  const tapped = phoneThatAnswers('accept');
  await expect(tapped.ask({ tmplIds: [] })).rejects.toMatchObject({ errCode: 10001 });
  expect([...untouched.asked, ...tapped.asked]).toEqual([]);
});
