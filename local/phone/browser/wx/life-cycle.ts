/** Listeners of the app's life cycle, sharing. */
import { type AppLifeCycle } from '../framework/app-life-cycle';
import { type Phone } from '../phone/phone';
import { call } from './api';

type Listener = (value: unknown) => void;
type Event = Parameters<AppLifeCycle['on']>[0];

export function lifeCycleFunctions(phone: Phone): Record<string, unknown> {
  const pair = (event: Event): [on: (listener: Listener) => void, off: (listener?: Listener) => void] => [
    (listener) => {
      phone.app.on(event, listener);
    },
    (listener) => {
      phone.app.off(event, listener);
    },
  ];
  const [onAppShow, offAppShow] = pair('show');
  const [onAppHide, offAppHide] = pair('hide');
  const [onError, offError] = pair('error');
  const [onUnhandledRejection, offUnhandledRejection] = pair('unhandledRejection');
  return {
    onAppShow,
    offAppShow,
    onAppHide,
    offAppHide,
    onError,
    offError,
    onUnhandledRejection,
    offUnhandledRejection,
    onPageNotFound: () => undefined,
    offPageNotFound: () => undefined,
    onMemoryWarning: () => undefined,
    offMemoryWarning: () => undefined,
    showShareMenu: call('showShareMenu', () => undefined),
    hideShareMenu: call('hideShareMenu', () => undefined),
    updateShareMenu: call('updateShareMenu', () => undefined),
  };
}
