import { timeLineEntries } from '../../miniprogram/components/time-line/time-line-entries';
import { STATE_WORDS } from '../../miniprogram/copy/state-words';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { NOON } from '../support/view-builder';
import { renderComponent } from './support/render-component';

test('shows past with times, present and future', () => {
  const entries = timeLineEntries({
    state: 'confirmed',
    timeline: [
      { state: 'bound', at: NOON },
      { state: 'confirmed', at: NOON },
    ],
  });
  const line = renderComponent('components/time-line/time-line', { properties: { entries } });
  expect(line.text).toContain('已绑定采集码');
  expect(line.text).toContain('2027年1月10日 12:00');
  for (const ahead of ['等老师审核', '等打包报送', '等送达']) expect(line.text).toContain(ahead);
  expect(line.has('.entry-now')).toBe(true);
  line.close();
});

test.each(SUBMISSION_STATES)('%s: exactly one entry is the present, and keys do not repeat', (state) => {
  const timeline = Array.from({ length: 9 }, () => ({ state, at: NOON }));
  const entries = timeLineEntries({ state, timeline });
  expect(entries.filter(({ place }) => place === 'now')).toHaveLength(1);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
});

test.each(SUBMISSION_STATES)('%s: what has not happened is not said as if it had', (state) => {
  const happened = Object.values(STATE_WORDS).map((words) => words.happened);
  const later = timeLineEntries({ state, timeline: [{ state, at: NOON }] }).filter(
    ({ place }) => place === 'later',
  );
  for (const { title } of later) {
    expect(happened).not.toContain(title);
    expect(title).toMatch(/^等/);
  }
});
