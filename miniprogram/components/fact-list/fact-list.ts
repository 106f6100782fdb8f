/** Labels and values, e.g. the school and the student number to be recognised. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** Array of {label, value}. */
    facts: { type: Array, value: [] },
  },
});
