/** A message in place: what is so and what to do. Spoken by screen readers when it appears. */

const ICONS: Readonly<Record<string, string>> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' };

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** info, good, warn or bad. */
    tone: { type: String, value: 'info' },
    heading: { type: String, value: '' },
    text: { type: String, value: '' },
  },
  data: { icon: 'info' },
  observers: {
    tone(tone: string) {
      this.setData({ icon: ICONS[tone] ?? 'info' });
    },
  },
});
