/** How far something is; below 0 the length is unknown and the bar only moves. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    percent: { type: Number, value: 0 },
    label: { type: String, value: '' },
  },
});
