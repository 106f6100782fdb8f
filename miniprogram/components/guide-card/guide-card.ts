/** One rule of the photo, drawn right and wrong. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** A `GuideCard`. */
    card: { type: Object, value: { pictures: [], lines: [] } },
  },
});
