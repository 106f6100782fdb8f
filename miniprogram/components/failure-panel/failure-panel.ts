/** A failure with its next step, and the ways on: the settings, another try, the telephone. */
import { COMMON_WORDS } from '../../copy/app-words';
import { callTelephone } from '../../platform/feedback';
import { FailureView } from './failure-view';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** A `FailureView`, or null: nothing is shown. */
    failure: { type: Object, value: null },
  },
  data: { words: COMMON_WORDS, callText: '' },
  observers: {
    failure(failure: FailureView | null) {
      this.setData({ callText: failure ? COMMON_WORDS.callNumber(failure.telephone) : '' });
    },
  },
  methods: {
    onSettings() {
      this.triggerEvent('settings');
    },
    onRetry() {
      this.triggerEvent('retry');
    },
    onCall() {
      const failure = this.data.failure as FailureView | null;
      if (failure) callTelephone(failure.telephone);
    },
  },
});
