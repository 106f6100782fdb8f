/** Says that a photo stays back because its owner took the agreement back, and leads to where it is given again. */
import { CONSENT_WORDS } from '../../copy/consent-words';
import { open } from '../../platform/navigation';

Component({
  options: { styleIsolation: 'apply-shared' },
  data: { words: CONSENT_WORDS },
  methods: {
    onAgain() {
      open({ page: 'consent' });
    },
  },
});
