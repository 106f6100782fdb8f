/** One thing that a person ticks. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    text: { type: String, value: '' },
    remark: { type: String, value: '' },
    checked: { type: Boolean, value: false },
  },
  methods: {
    onTap() {
      this.triggerEvent('change', { checked: !this.data.checked });
    },
  },
});
