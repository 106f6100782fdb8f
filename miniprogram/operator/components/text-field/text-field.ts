/** A labelled line or block of text to type, with what is wrong with it right below. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    label: { type: String, value: '' },
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    remark: { type: String, value: '' },
    /** What to change; empty: nothing. */
    problem: { type: String, value: '' },
    /** WeChat's keyboard: text, number, idcard. */
    type: { type: String, value: 'text' },
    multiline: { type: Boolean, value: false },
    maxlength: { type: Number, value: 100 },
    /** Something is under way that other words would contradict. */
    held: { type: Boolean, value: false },
  },
  // Drawn once the kind is known: a field that is swapped for another would lose the keyboard.
  data: { ready: false },
  lifetimes: {
    attached() {
      this.setData({ ready: true });
    },
  },
  methods: {
    onInput({ detail }: WechatMiniprogram.Input) {
      this.triggerEvent('change', { value: detail.value });
    },
  },
});
