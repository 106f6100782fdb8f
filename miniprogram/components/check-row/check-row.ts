/** One thing that a person ticks. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    text: { type: String, value: '' },
    remark: { type: String, value: '' },
    checked: { type: Boolean, value: false },
    /** Something is under way that another answer would contradict. */
    held: { type: Boolean, value: false },
  },
  methods: {
    onTap() {
      if (!this.data.held) this.triggerEvent('change', { checked: !this.data.checked });
    },
  },
});
