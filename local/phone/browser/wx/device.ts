/** The phone's body: vibration, calls, clipboard, screen, network, sound. */
import { type Phone } from '../phone/phone';
import { type NetworkType } from '../phone/phone-state';
import { call, WxFailure } from './api';
import { requireAuthorization } from './guard';

type NetworkListener = (result: { isConnected: boolean; networkType: NetworkType }) => void;

export function deviceFunctions(phone: Phone): Record<string, unknown> {
  let clipboard = '';
  const networkListeners = new Set<NetworkListener>();
  phone.state.onChange((now, before) => {
    if (now.network === before.network) return;
    const result = { isConnected: now.network !== 'none', networkType: now.network };
    for (const listener of networkListeners) listener(result);
  });
  return {
    vibrateShort: call<{ readonly type?: string }>('vibrateShort', ({ type }) => {
      phone.log.add('vibrateShort', type ?? 'heavy');
      navigator.vibrate(15);
      return undefined;
    }),
    vibrateLong: call('vibrateLong', () => {
      phone.log.add('vibrateLong');
      navigator.vibrate(400);
      return undefined;
    }),
    makePhoneCall: call<{ readonly phoneNumber: string }>('makePhoneCall', async ({ phoneNumber }) => {
      const { answer } = await phone.dialogs.ask({
        title: phoneNumber,
        buttons: [
          { text: '取消', answer: false },
          { text: '呼叫', answer: true, kind: 'primary' },
        ],
        dismiss: false,
      });
      if (!answer) throw new WxFailure('cancel');
      phone.log.add('makePhoneCall', phoneNumber);
      return undefined;
    }),
    setClipboardData: call<{ readonly data: string }>('setClipboardData', async ({ data }) => {
      await requireAuthorization(phone, 'setClipboardData');
      clipboard = data;
      phone.log.add('setClipboardData', data);
      phone.dialogs.showToast('内容已复制', 'success', 1500, false);
      return undefined;
    }),
    getClipboardData: call('getClipboardData', async () => {
      await requireAuthorization(phone, 'getClipboardData');
      return { data: clipboard };
    }),
    setKeepScreenOn: call<{ readonly keepScreenOn: boolean }>('setKeepScreenOn', ({ keepScreenOn }) => {
      phone.log.add('setKeepScreenOn', String(keepScreenOn));
      return undefined;
    }),
    setScreenBrightness: call<{ readonly value: number }>('setScreenBrightness', ({ value }) => {
      phone.log.add('setScreenBrightness', String(value));
      return undefined;
    }),
    getScreenBrightness: call('getScreenBrightness', () => ({ value: 0.6 })),
    hideKeyboard: call('hideKeyboard', () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      return undefined;
    }),
    getNetworkType: call('getNetworkType', () => ({
      networkType: phone.state.settings.network,
      isConnected: phone.state.online,
    })),
    onNetworkStatusChange: (listener: NetworkListener) => {
      networkListeners.add(listener);
    },
    offNetworkStatusChange: (listener?: NetworkListener) => {
      if (listener) networkListeners.delete(listener);
      else networkListeners.clear();
    },
    onNetworkWeakChange: () => undefined,
    offNetworkWeakChange: () => undefined,
    createInnerAudioContext: () => innerAudio(phone),
  };
}

/** The part of InnerAudioContext that a prompt needs. */
function innerAudio(phone: Phone): object {
  const sound = document.createElement('audio');
  let source = '';
  return {
    get src() {
      return source;
    },
    set src(value: string) {
      source = value;
      void phone.addressOf(value).then((address) => {
        sound.src = address;
      });
    },
    set loop(value: boolean) {
      sound.loop = value;
    },
    set volume(value: number) {
      sound.volume = value;
    },
    set obeyMuteSwitch(_: boolean) {
      /* a browser has no mute switch */
    },
    play: () => {
      phone.log.add('audio.play', source);
      void sound.play().catch(() => undefined);
    },
    pause: () => {
      sound.pause();
    },
    stop: () => {
      sound.pause();
      sound.currentTime = 0;
    },
    destroy: () => {
      sound.pause();
    },
    onEnded: (listener: () => void) => {
      sound.addEventListener('ended', listener);
    },
    onError: (listener: () => void) => {
      sound.addEventListener('error', listener);
    },
  };
}
