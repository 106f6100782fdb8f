/** Releasing a binding from the command line, once somebody has made sure that it is the student who asks. */
import { findBatch } from '../find-batch';
import { type OperatorCommand } from '../operator-command';
import { CLI_WORDS } from '../words';
import { RELEASE_WORDS } from '../../../../miniprogram/copy/operator-release-words';

export const unbind: OperatorCommand = {
  name: 'unbind',
  summary: '解除采集码在另一个微信号上的绑定（加 --yes 才会解除）',
  example: 'unbind 2027届冬季 202399990002 --yes',
  arguments: ['批次', '学号'],
  options: { yes: { type: 'boolean', help: '已经核对是学生本人，确定解除' } },
  async run({ session }, given) {
    const { id: batchId, closesAt } = await findBatch(session.staff, given.argument(0, '批次'));
    const studentNumber = given.argument(1, '学号');
    if (!given.flag('yes')) {
      const text = `${RELEASE_WORDS.askText(studentNumber)}\n${CLI_WORDS.unbindWithYes}`;
      return { text, json: { released: false }, exitCode: 1 };
    }
    const data = await session.staff.operator('releaseBinding', { batchId, studentNumber });
    const lines = [
      `${RELEASE_WORDS.done(studentNumber)}。${CLI_WORDS.unbound(data.submissionRemoved)}`,
      closesAt <= new Date().toISOString() ? CLI_WORDS.unboundTooLate : RELEASE_WORDS.doneNext,
    ];
    return { text: lines.join('\n'), json: { released: true, ...data } };
  },
};
