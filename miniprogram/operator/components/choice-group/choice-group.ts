/** A few ways of which exactly one is taken. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    label: { type: String, value: '' },
    /** Array of `Choice`. */
    choices: { type: Array, value: [] },
    value: { type: String, value: '' },
  },
  methods: {
    onTap(event: WechatMiniprogram.TouchEvent) {
      this.triggerEvent('change', { value: event.currentTarget.dataset['id'] as string });
    },
  },
});
