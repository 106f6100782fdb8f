/** The original and the finished photo side by side, each to be enlarged by a tap. */
import { REVIEW_WORDS } from '../../copy/review-words';
import { enlarge } from '../../platform/feedback';
import { ComparePicture } from './compare-picture';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of `ComparePicture`. */
    pictures: { type: Array, value: [] },
  },
  data: { words: REVIEW_WORDS, failed: [false, false] },
  observers: {
    pictures() {
      this.setData({ failed: [false, false] });
    },
  },
  methods: {
    onTap(event: WechatMiniprogram.TouchEvent) {
      const pictures = this.data.pictures as ComparePicture[];
      const urls = pictures.map(({ url }) => url).filter((url) => url !== '');
      const index = Number(event.currentTarget.dataset['index']);
      const current = pictures[index]?.url;
      if (current) enlarge(urls, current);
    },
    onError(event: WechatMiniprogram.CustomEvent) {
      const index = Number(event.currentTarget.dataset['index']);
      this.setData({ [`failed[${index}]`]: true });
      this.triggerEvent('missing', { index });
    },
  },
});
