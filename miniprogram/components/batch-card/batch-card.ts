/** One batch: for whom, until when, how many days are left, and whom to call about it. */
import { callTelephone } from '../../platform/feedback';
import { BatchView } from './batch-view';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** A `BatchView`. */
    batch: { type: Object, value: { facts: [] } },
  },
  methods: {
    onCall() {
      const { telephone } = this.data.batch as Partial<BatchView>;
      if (telephone) callTelephone(telephone);
    },
  },
});
