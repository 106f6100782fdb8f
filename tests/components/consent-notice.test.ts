import { CONSENT_WORDS } from '../../miniprogram/copy/consent-words';
import { renderComponent } from './support/render-component';

test('says that the photo stays back, and what to do about it', () => {
  const notice = renderComponent('components/consent-notice/consent-notice', {});
  expect(notice.text).toBe(CONSENT_WORDS.heldBackTitle + CONSENT_WORDS.heldBackNext + CONSENT_WORDS.again);
  notice.close();
});
