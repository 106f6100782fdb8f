/**
 * Where the last four characters of an ID number are typed. WeChat's keyboard for ID numbers has digits and X only; a
 * person whose document ends in another letter changes to the one with all of them. Refuses to judge what was typed:
 * the page has it as it was, also a whole number that was pasted.
 */
import { BIND_WORDS } from '../../copy/bind-words';

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    value: { type: String, value: '' },
    /** Whose number, for screen readers. */
    label: { type: String, value: '' },
    /** Something is under way that another number would contradict. */
    held: { type: Boolean, value: false },
  },
  data: { words: BIND_WORDS, letters: false },
  methods: {
    onInput({ detail }: WechatMiniprogram.Input) {
      this.triggerEvent('change', detail);
    },
    onConfirm() {
      this.triggerEvent('done');
    },
    onKeyboard() {
      this.setData({ letters: !this.data.letters });
    },
  },
});
