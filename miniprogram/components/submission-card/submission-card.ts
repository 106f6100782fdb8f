/** One 学籍 with where its photo stands and the one button that goes on. */
import { NO_SUBMISSION_CARD } from './submission-card-view';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** A `SubmissionCardView`. */
    submission: { type: Object, value: NO_SUBMISSION_CARD },
    busy: { type: Boolean, value: false },
  },
  methods: {
    onPress() {
      const { id } = this.data.submission as { id?: string };
      this.triggerEvent('press', { id });
    },
  },
});
