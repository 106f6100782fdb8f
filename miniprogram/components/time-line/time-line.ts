/** What has happened and what is to come, newest last. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of `TimeLineEntry`. */
    entries: { type: Array, value: [] },
  },
});
