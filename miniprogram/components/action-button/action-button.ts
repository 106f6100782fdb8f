/**
 * The one button. While busy it keeps its place and its words and takes no second tap. Never greyed out for a missing
 * input: the page says on tap what is missing.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    text: { type: String, value: '' },
    /** What a screen reader says, where the text alone is not enough. */
    label: { type: String, value: '' },
    /** primary (one on a page), plain, quiet or danger. */
    kind: { type: String, value: 'primary' },
    icon: { type: String, value: '' },
    busy: { type: Boolean, value: false },
    /** Something else is under way that this would contradict: takes no tap until that is answered. */
    held: { type: Boolean, value: false },
    /** WeChat's own, e.g. share. */
    openType: { type: String, value: '' },
  },
  methods: {
    onTap() {
      if (!this.data.busy && !this.data.held) this.triggerEvent('press');
    },
  },
});
