/** The reminder on the phone: offered to who leaves without having confirmed, asked about by (a stand-in for) WeChat. */
import { type Browser } from 'playwright-core';
import { isReminderAllowed } from '../../cloudfunctions/progress/reminder-permission';
import { REMINDER_WORDS } from '../../miniprogram/copy/reminder-words';
import { seriousFindings } from './support/accessibility';
import { launchChromium } from './support/chromium';
import { type PhonePage } from './support/phone-page';
import { StudentWalk } from './support/student-walk';
import { StudentWorld } from './support/student-world';

let browser: Browser;
let world: StudentWorld;
let phone: PhonePage;

beforeAll(async () => {
  browser = await launchChromium();
  world = await StudentWorld.start({ REMINDER_TEMPLATE_ID: 'a-template' });
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

afterEach(async () => {
  const { errors } = phone;
  await phone.close();
  expect(errors).toEqual([]);
});

test('a no is taken kindly, a yes is one tap more, and both stay on the first page', async () => {
  phone = await world.open(browser, { identity: 'leaves-early' });
  const walk = new StudentWalk(phone, await world.newStudent());
  await walk.untilBound();
  await phone.page.reload();
  await walk.see('欢迎回来，从上次的地方继续');
  await walk.see(REMINDER_WORDS.promise);
  expect(await seriousFindings(phone.page)).toEqual([]);

  await walk.tap(REMINDER_WORDS.ask);
  await walk.answer('取消');
  await walk.see(/好的，不会提醒/);
  expect(await isReminderAllowed('leaves-early')).toBe(false);

  await walk.tap(REMINDER_WORDS.ask);
  await walk.answer('允许');
  await walk.see(REMINDER_WORDS.allowed);
  expect(await isReminderAllowed('leaves-early')).toBe(true);
  await phone.page.reload();
  await walk.see(REMINDER_WORDS.allowed);
});
