/**
 * What was checked: what needs something is open, what is good can be unfolded. Value, range and remedy are the
 * cloud's; the words come from `copy/`.
 */
import { CheckLine, VERDICT_LIST_WORDS } from '../../copy/verdict-words';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of `CheckLine`, what needs something first. */
    lines: { type: Array, value: [] },
  },
  data: {
    words: { ...VERDICT_LIST_WORDS, othersGood: '' },
    icons: { bad: 'cross', warn: 'alert', good: 'check', unknown: 'question' },
    shown: [] as CheckLine[],
    goodCount: 0,
    othersText: '',
    open: false,
  },
  observers: {
    'lines, open'() {
      const lines = this.data.lines as CheckLine[];
      const others = lines.filter(({ tone }) => tone !== 'good');
      const goodCount = lines.length - others.length;
      this.setData({
        goodCount,
        othersText: VERDICT_LIST_WORDS.othersGood(goodCount),
        // With nothing to change there is nothing to hide.
        shown: this.data.open || others.length === 0 ? lines : others,
      });
    },
  },
  methods: {
    onToggle() {
      this.setData({ open: !this.data.open });
    },
  },
});
