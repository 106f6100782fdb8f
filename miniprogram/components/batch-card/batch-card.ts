/** One batch: for whom, until when, how many days are left. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** A `BatchView`. */
    batch: { type: Object, value: { facts: [] } },
  },
});
