/** The one live hint over the camera's picture, spoken when it changes. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Empty: nothing to say. */
    text: { type: String, value: '' },
    ready: { type: Boolean, value: false },
  },
});
