import { submissionCardView } from '../../miniprogram/components/submission-card/submission-card-view';
import { NOON, SUBMISSION_ID, aSubmissionView } from '../support/view-builder';
import { renderComponent } from './support/render-component';

const PATH = 'components/submission-card/submission-card';
const cardOf = (changes: Parameters<typeof aSubmissionView>[0]) =>
  submissionCardView(aSubmissionView(changes), NOON, false);

test('shows whose photo it is, where it stands and what comes next', () => {
  const card = renderComponent(PATH, { properties: { submission: cardOf({ state: 'developed' }) } });
  for (const words of ['示例学院', '高起本 · 2022级', '张* 2022****01', '待你确认', '看照片，去确认']) {
    expect(card.text).toContain(words);
  }
  card.close();
});

test('shows the reasons of a rejection with what to change', () => {
  const rejection = { reasons: ['light' as const, 'hair-covers-face' as const], remark: '刘海太长' };
  const card = renderComponent(PATH, {
    properties: { submission: cardOf({ state: 'rejected', rejection }) },
  });
  for (const words of ['老师请你调整：', '光线不合适', '面向窗户', '头发挡住了脸', '老师留言：刘海太长'])
    expect(card.text).toContain(words);
  card.close();
});

test('tells the deadline only to whom something is left to do', () => {
  const open = renderComponent(PATH, { properties: { submission: cardOf({ state: 'developed' }) } });
  const settled = renderComponent(PATH, { properties: { submission: cardOf({ state: 'confirmed' }) } });
  expect([open.has('.submission-time'), settled.has('.submission-time')]).toEqual([true, false]);
  open.close();
  settled.close();
});

test('says which submission goes on', async () => {
  const card = renderComponent(PATH, { properties: { submission: cardOf({}) }, events: ['press'] });
  await card.fire('.submission-action', 'press');
  expect(card.emitted).toContainEqual({ name: 'press', detail: { id: SUBMISSION_ID } });
  card.close();
});
