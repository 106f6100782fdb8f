/** One of our own icons, in the colour of the text around it. Decoration only: the words beside it say the same. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    name: { type: String, value: '' },
    /** small, normal or large. */
    size: { type: String, value: 'normal' },
  },
});
