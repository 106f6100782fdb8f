/**
 * Asks for WeChat's privacy authorisation when a protected function needs it. One gate for each page that uses such a
 * function; the page on top answers. A refusal is an answer too: the page then says how to go on.
 */
import { PRIVACY_WORDS } from '../../copy/privacy-words';
import {
  PrivacyQuestion,
  openPrivacyContract,
  openPrivacyGate,
  privacyContractName,
} from '../../platform/privacy';

/** The button whose tap WeChat checks. */
const AGREE_BUTTON = 'agree-to-privacy';

const questions = new WeakMap<object, PrivacyQuestion[]>();
const closers = new WeakMap<object, () => void>();

Component({
  options: { styleIsolation: 'apply-shared' },
  data: {
    words: PRIVACY_WORDS,
    guideline: PRIVACY_WORDS.guideline(PRIVACY_WORDS.guidelineName),
    open: false,
  },
  lifetimes: {
    attached() {
      this.watch();
    },
    detached() {
      this.settle((question) => {
        question.refuse();
      });
      closers.get(this)?.();
    },
  },
  pageLifetimes: {
    show() {
      this.watch();
    },
  },
  methods: {
    /** Takes over from the gate of the page below. */
    watch() {
      const close = openPrivacyGate((question) => {
        questions.set(this, [...(questions.get(this) ?? []), question]);
        this.setData({ open: true });
        question.shown();
        void privacyContractName().then((name) => {
          if (name !== null) this.setData({ guideline: PRIVACY_WORDS.guideline(name) });
        });
      });
      closers.set(this, close);
    },
    settle(answer: (question: PrivacyQuestion) => void) {
      const waiting = questions.get(this) ?? [];
      questions.delete(this);
      waiting.forEach(answer);
    },
    onAgree() {
      this.setData({ open: false });
      this.settle((question) => {
        question.agree(AGREE_BUTTON);
      });
    },
    onRefuse() {
      this.setData({ open: false });
      this.settle((question) => {
        question.refuse();
      });
    },
    onRead() {
      openPrivacyContract().catch(() => undefined);
    },
  },
});
