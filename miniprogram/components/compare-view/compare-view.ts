/**
 * The original and the finished photo side by side, each to be enlarged by a tap. A picture element belongs to one address
 * (the template keys it): one that is given another address shows the old picture, perhaps another student's face, until
 * the new one has come. A tap on a picture that did not come tries it again here, and tells the page, which may have new
 * addresses to give.
 */
import { REVIEW_WORDS } from '../../copy/review-words';
import { enlarge } from '../../platform/feedback';
import { ComparePicture } from './compare-picture';

// Addresses live for ten minutes. A network on which pictures fail would otherwise ask for new ones for ever: sooner
// than this only a tap asks.
const RENEW_AFTER_MS = 9 * 60_000;

const renewedAt = new WeakMap<object, number>();

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
      if (this.data.failed[index]) {
        this.setData({ [`failed[${index}]`]: false });
        this.triggerEvent('missing', { index });
      } else if (current) enlarge(urls, current);
    },
    onError(event: WechatMiniprogram.CustomEvent) {
      const index = Number(event.currentTarget.dataset['index']);
      const pictures = this.data.pictures as ComparePicture[];
      // Word of an address that another one has replaced since.
      if (pictures[index]?.url !== event.currentTarget.dataset['url']) return;
      this.setData({ [`failed[${index}]`]: true });
      if (Date.now() - (renewedAt.get(this) ?? -Infinity) < RENEW_AFTER_MS) return;
      renewedAt.set(this, Date.now());
      this.triggerEvent('missing', { index });
    },
  },
});
