/** A few ways of which exactly one is taken. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    label: { type: String, value: '' },
    /** Array of `Choice`. */
    choices: { type: Array, value: [] },
    value: { type: String, value: '' },
    /** Something is under way that another choice would contradict. */
    held: { type: Boolean, value: false },
  },
  methods: {
    onTap(event: WechatMiniprogram.TouchEvent) {
      if (!this.data.held)
        this.triggerEvent('change', { value: event.currentTarget.dataset['id'] as string });
    },
  },
});
