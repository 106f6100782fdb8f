import { renderComponent } from './support/render-component';

type Answer = { readonly event: string; readonly buttonId?: string };
type Listener = (resolve: (answer: Answer) => void) => void;

/** What WeChat is told as soon as the question can be seen. */
const SHOWN: Answer = { event: 'exposureAuthorization' };
const PATH = 'components/privacy-gate/privacy-gate';
let need: Listener;
let answers: Answer[];

/** WeChat asks, as it does when a protected function is called. */
const ask = () => {
  need((answer) => answers.push(answer));
};

beforeEach(() => {
  answers = [];
  (globalThis as unknown as { wx: object }).wx = {
    onNeedPrivacyAuthorization: (listener: Listener) => {
      need = listener;
    },
    getPrivacySetting: ({ success }: { success: (result: object) => void }) => {
      success({ needAuthorization: true, privacyContractName: '《示例小程序隐私保护指引》' });
    },
    openPrivacyContract: ({ success }: { success: () => void }) => {
      success();
    },
  };
});

/** The gate and the registration share one module, so both are taken after it was loaded for this test. */
async function openGate() {
  const gate = renderComponent(PATH);
  const { answerPrivacyQuestions } = await import('../../miniprogram/platform/privacy');
  answerPrivacyQuestions();
  return gate;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('stays closed until WeChat asks, then names the guideline', async () => {
  const gate = await openGate();
  expect(gate.text).toBe('');
  ask();
  await settled();
  expect(gate.text).toContain('《示例小程序隐私保护指引》');
  gate.close();
});

test('agreeing answers every waiting question with the button that was tapped', async () => {
  const gate = await openGate();
  ask();
  ask();
  await settled();
  await gate.fire('.gate-agree', 'agreeprivacyauthorization');
  expect(answers).toEqual([
    SHOWN,
    SHOWN,
    { event: 'agree', buttonId: 'agree-to-privacy' },
    { event: 'agree', buttonId: 'agree-to-privacy' },
  ]);
  expect(gate.text).toBe('');
  gate.close();
});

test('refusing is an answer too, and it can be asked again', async () => {
  const gate = await openGate();
  ask();
  await settled();
  await gate.fire('.gate-refuse');
  expect(answers).toEqual([SHOWN, { event: 'disagree' }]);
  ask();
  await settled();
  expect(gate.has('.gate')).toBe(true);
  gate.close();
});

test('a page that closes leaves nothing waiting', async () => {
  const gate = await openGate();
  ask();
  await settled();
  gate.close();
  expect(answers).toEqual([SHOWN, { event: 'disagree' }]);
  ask();
  expect(answers).toHaveLength(3);
});
