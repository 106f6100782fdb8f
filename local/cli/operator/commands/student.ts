/** Where one student of a batch stands, for who has the student on the telephone. */
import { findBatch } from '../find-batch';
import { facts } from '../output';
import { type OperatorCommand } from '../operator-command';
import { CLI_WORDS } from '../words';
import { STAFF_STATE_WORDS } from '../../../../miniprogram/copy/operator-state-words';
import { STUDENT_WORDS } from '../../../../miniprogram/copy/operator-student-words';
import { standingFacts } from '../../../../miniprogram/copy/student-facts';
import { momentWords } from '../../../../miniprogram/copy/time-words';

export const student: OperatorCommand = {
  name: 'student',
  summary: '看一位学生进行到哪里',
  example: 'student 2027届冬季 202399990002',
  arguments: ['批次', '学号'],
  options: {},
  async run({ session }, given) {
    const { id: batchId } = await findBatch(session.staff, given.argument(0, '批次'));
    const studentNumber = given.argument(1, '学号');
    const data = await session.staff.operator('studentStanding', { batchId, studentNumber });
    const { state, since } = data;
    const when = since === null ? '' : `（${STUDENT_WORDS.since(momentWords(since))}）`;
    const text = facts([
      [CLI_WORDS.state, `${STAFF_STATE_WORDS[state]}${when}`],
      ...standingFacts(data).map(({ label, value }) => [label, value] as const),
    ]);
    return { text, json: data };
  },
};
