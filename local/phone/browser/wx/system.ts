/** What the phone is: window, device, app, settings of the system; theme and window listeners. */
import { type Phone } from '../phone/phone';
import { call } from './api';

/** The base library that the project's typings describe. */
const SDK_VERSION = '3.8.0';
const STATUS_BAR_HEIGHT = 24;

export function systemFunctions(phone: Phone): Record<string, unknown> {
  const windowInfo = (): object => {
    const { clientWidth: screenWidth, clientHeight: screenHeight } = document.documentElement;
    const area = phone.screen.pages.getBoundingClientRect();
    const { safeTop, safeBottom } = phone.state.settings;
    return {
      pixelRatio: window.devicePixelRatio,
      screenWidth,
      screenHeight,
      windowWidth: area.width,
      windowHeight: area.height,
      statusBarHeight: Math.max(STATUS_BAR_HEIGHT, safeTop),
      screenTop: area.top,
      safeArea: {
        left: 0,
        right: screenWidth,
        top: safeTop,
        bottom: screenHeight - safeBottom,
        width: screenWidth,
        height: screenHeight - safeTop - safeBottom,
      },
    };
  };
  const appBaseInfo = (): object => ({
    SDKVersion: SDK_VERSION,
    enableDebug: false,
    host: { appId: 'browser-phone' },
    language: 'zh_CN',
    version: '8.0.50',
    theme: phone.state.settings.theme,
    // WeChat documents both: the size in px that the person chose and its ratio to the default.
    fontSizeScaleFactor: phone.state.settings.fontScale,
    fontSizeSetting: Math.round(16 * phone.state.settings.fontScale),
  });
  const deviceInfo = (): object => ({
    abi: 'arm64',
    benchmarkLevel: 30,
    brand: 'browser',
    model: 'browser phone',
    system: phone.state.settings.platform === 'ios' ? 'iOS 18.0' : 'Android 14',
    platform: phone.state.settings.platform,
    memorySize: '8192',
    cpuType: 'unknown',
  });
  const systemSetting = (): object => ({
    bluetoothEnabled: false,
    locationEnabled: false,
    wifiEnabled: phone.state.settings.network === 'wifi',
    deviceOrientation: 'portrait',
  });
  const appAuthorizeSetting = (): object => ({
    albumAuthorized: 'authorized',
    cameraAuthorized: 'authorized',
    locationAuthorized: 'not determined',
    microphoneAuthorized: 'not determined',
    notificationAuthorized: 'not determined',
  });
  const systemInfo = (): object => ({
    ...windowInfo(),
    ...appBaseInfo(),
    ...deviceInfo(),
    ...systemSetting(),
  });
  const windowListeners = new Set<(result: object) => void>();
  window.addEventListener('resize', () => {
    const { width, height } = phone.screen.pages.getBoundingClientRect();
    for (const listener of windowListeners) listener({ size: { windowWidth: width, windowHeight: height } });
  });
  return {
    getWindowInfo: windowInfo,
    getAppBaseInfo: appBaseInfo,
    getDeviceInfo: deviceInfo,
    getSystemSetting: systemSetting,
    getAppAuthorizeSetting: appAuthorizeSetting,
    getSystemInfoSync: systemInfo,
    getSystemInfo: call('getSystemInfo', systemInfo),
    getSystemInfoAsync: call('getSystemInfoAsync', systemInfo),
    getRendererUserAgent: call('getRendererUserAgent', () => ({ userAgent: navigator.userAgent })),
    getSkylineInfoSync: () => ({ isSupported: false, version: '', reason: 'client not supported' }),
    onWindowResize: (listener: (result: object) => void) => windowListeners.add(listener),
    offWindowResize: (listener: (result: object) => void) => windowListeners.delete(listener),
    onThemeChange: (listener: (value: unknown) => void) => {
      phone.app.on('themeChange', listener);
    },
    offThemeChange: (listener?: (value: unknown) => void) => {
      phone.app.off('themeChange', listener);
    },
    onMenuButtonBoundingClientRectWeightChange: () => undefined,
    offMenuButtonBoundingClientRectWeightChange: () => undefined,
    nextTick: (run: () => void) => {
      window.setTimeout(run);
    },
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'browser-phone', envVersion: 'develop', version: '' },
      plugin: {},
    }),
    getUpdateManager: () => ({
      onCheckForUpdate: (listener: (result: object) => void) => {
        window.setTimeout(() => {
          listener({ hasUpdate: false });
        });
      },
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: () => undefined,
    }),
    getLaunchOptionsSync: () => phone.app.launchOptions,
    getEnterOptionsSync: () => phone.app.launchOptions,
    getRealtimeLogManager: () => quietLog,
    getLogManager: () => quietLog,
    reportEvent: () => undefined,
    getPerformance: () => performance,
  };
}

const quietLog = {
  log: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setFilterMsg: () => undefined,
  addFilterMsg: () => undefined,
};
