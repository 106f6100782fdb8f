/** The steps of the way, with where one stands. State is a word as well as a colour. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of {title, text, state: done|now|later, stateText}. */
    steps: { type: Array, value: [] },
  },
});
