/** Stations or classes as bars of shares, the most missing first; a row can be opened. */
import { PROGRESS_WORDS } from '../../../copy/operator-progress-words';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of `ChartRow`. */
    rows: { type: Array, value: [] },
    legend: { type: Boolean, value: true },
  },
  data: { words: PROGRESS_WORDS },
  methods: {
    onTap(event: WechatMiniprogram.TouchEvent) {
      this.triggerEvent('press', { id: event.currentTarget.dataset['id'] as string });
    },
  },
});
