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
    words: {
      measured: VERDICT_LIST_WORDS.measured,
      allowed: VERDICT_LIST_WORDS.allowed,
      show: VERDICT_LIST_WORDS.show,
      hide: VERDICT_LIST_WORDS.hide,
    },
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
        othersText:
          others.length === 0
            ? VERDICT_LIST_WORDS.allGood(goodCount)
            : VERDICT_LIST_WORDS.othersGood(goodCount),
        shown: this.data.open ? lines : others,
      });
    },
  },
  methods: {
    onToggle() {
      this.setData({ open: !this.data.open });
    },
  },
});
