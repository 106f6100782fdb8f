/** One line that leads somewhere. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    icon: { type: String, value: 'info' },
    text: { type: String, value: '' },
    openType: { type: String, value: '' },
  },
  methods: {
    onTap() {
      this.triggerEvent('press');
    },
  },
});
