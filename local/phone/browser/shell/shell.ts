/**
 * The phone frame: which phone, who holds it, what its camera sees. It works the mini program's document
 * through `window.__phone` only, as tests do.
 */
import { type PhoneHooks } from '../phone/phone-hooks';
import { type Permission, type PermissionScope, type PhoneSettings } from '../phone/phone-state';
import { actions, album, callLog, choice, type Control, heading, type Options, upload } from './controls';

interface Configuration {
  readonly identities: readonly { readonly openid: string; readonly label: string }[];
  readonly pictures: readonly { readonly label: string; readonly address: string }[];
}

const DEVICES = [
  { name: '320 × 568（小屏）', width: 320, height: 568, safeTop: 20, safeBottom: 0 },
  { name: '360 × 780（安卓）', width: 360, height: 780, safeTop: 24, safeBottom: 0 },
  { name: '375 × 812（iPhone）', width: 375, height: 812, safeTop: 44, safeBottom: 34 },
  { name: '390 × 844（iPhone）', width: 390, height: 844, safeTop: 47, safeBottom: 34 },
  { name: '412 × 915（安卓）', width: 412, height: 915, safeTop: 24, safeBottom: 0 },
  { name: '430 × 932（大屏）', width: 430, height: 932, safeTop: 59, safeBottom: 34 },
] as const;
const DEFAULT_DEVICE = 2;

const THEMES: Options = [
  ['浅色', 'light'],
  ['深色', 'dark'],
];
const FONT_SCALES: Options = [
  ['标准', '1'],
  ['较大', '1.15'],
  ['大', '1.3'],
  ['最大', '1.45'],
];
/** Slow: an upload of one photo takes about half a minute, long enough to switch the network off. */
const SLOW_BYTES_PER_SECOND = 20_000;
const NETWORKS: Options = [
  ['Wi-Fi', 'wifi'],
  ['4G', '4g'],
  ['慢速 2G', '2g'],
  ['无网络', 'none'],
];
const PERMISSIONS: Options = [
  ['未询问', 'undetermined'],
  ['已允许', 'granted'],
  ['已拒绝', 'refused'],
];
const PRIVACY: Options = [
  ['未同意', 'undetermined'],
  ['已同意', 'agreed'],
];
const LOG_LENGTH = 12;

type Frame = HTMLIFrameElement & { readonly contentWindow: Window & { readonly __phone?: PhoneHooks } };

async function start(): Promise<void> {
  const configuration = (await (await fetch('/phone/configuration.json')).json()) as Configuration;
  const frame = document.querySelector<Frame>('#phone');
  const panel = document.querySelector<HTMLElement>('.panel');
  if (!frame || !panel) throw new Error('the phone frame is incomplete');
  const phone = (): PhoneHooks | undefined => frame.contentWindow.__phone;
  const change = (part: Partial<PhoneSettings>): void => phone()?.change(part);

  const applyDevice = (): void => {
    const device = DEVICES[Number(screen.select.value)] ?? DEVICES[DEFAULT_DEVICE];
    frame.width = String(device.width);
    frame.height = String(device.height);
    change({ safeTop: device.safeTop, safeBottom: device.safeBottom });
  };
  const hold = (openid: string): void => {
    frame.src = `/app.html?identity=${encodeURIComponent(openid)}`;
  };
  const screen = choice(
    '屏幕',
    DEVICES.map(({ name }, index) => [name, String(index)] as const),
    applyDevice,
  );
  screen.select.value = String(DEFAULT_DEVICE);
  const holders = configuration.identities.map(({ openid, label }) => [label, openid] as const);
  const controls: readonly Control[] = [
    heading('手机'),
    choice('持有人', holders, hold, ({ identity }) => identity),
    screen,
    ...stateControls(phone),
    heading('画面来源'),
    ...pictureControls(configuration, change),
    heading('权限'),
    permission('摄像头', 'scope.camera', phone),
    permission('保存到相册', 'scope.writePhotosAlbum', phone),
    choice(
      '隐私指引',
      PRIVACY,
      (privacy) => {
        change({ privacy: privacy as PhoneSettings['privacy'] });
      },
      ({ settings }) => settings.privacy,
    ),
    heading('操作'),
    actions([
      ['切到后台', () => phone()?.hide()],
      ['回到前台', () => phone()?.show()],
      ['杀掉并重新打开', () => phone()?.relaunch()],
      ['清空这部手机', () => void phone()?.reset()],
    ]),
    heading('系统相册'),
    album(),
    heading('动作记录'),
    callLog(LOG_LENGTH),
  ];
  panel.append(...controls.map(({ element }) => element));
  const sync = (): void => {
    const current = phone();
    if (current) for (const control of controls) control.sync(current);
  };
  frame.addEventListener('load', () => {
    // The hooks stand a moment after the document has loaded.
    const wait = window.setInterval(() => {
      const current = phone();
      if (!current) return;
      window.clearInterval(wait);
      current.onChange(sync);
      applyDevice();
      sync();
    }, 50);
  });
  applyDevice();
  hold(configuration.identities[0]?.openid ?? 'student-1');
}

function stateControls(phone: () => PhoneHooks | undefined): Control[] {
  return [
    choice(
      '外观',
      THEMES,
      (theme) => phone()?.change({ theme: theme as PhoneSettings['theme'] }),
      ({ settings }) => settings.theme,
    ),
    choice(
      '微信字号',
      FONT_SCALES,
      (scale) => {
        phone()?.change({ fontScale: Number(scale) });
        // WeChat restarts a mini program when its font size changes.
        phone()?.relaunch();
      },
      ({ settings }) => String(settings.fontScale),
    ),
    choice(
      '网络',
      NETWORKS,
      (network) =>
        phone()?.change({
          network: network as PhoneSettings['network'],
          bandwidth: network === '2g' ? SLOW_BYTES_PER_SECOND : 0,
        }),
      ({ settings }) => settings.network,
    ),
  ];
}

function pictureControls(
  { pictures }: Configuration,
  change: (part: Partial<PhoneSettings>) => void,
): Control[] {
  const given = pictures.map(({ label, address }) => [label, address] as const);
  const picture = (address: string): string | null => (address === '' ? null : address);
  return [
    choice(
      '相机看到',
      [['（摄像头）', ''], ...given],
      (address) => {
        change({ cameraPicture: picture(address) });
      },
      ({ settings }) => settings.cameraPicture ?? '',
    ),
    choice(
      '扫码看到',
      [['（选择文件）', ''], ...given],
      (address) => {
        change({ scanPicture: picture(address) });
      },
      ({ settings }) => settings.scanPicture ?? '',
    ),
    choice(
      '相册 / 聊天选图',
      [['（选择文件）', ''], ...given],
      (address) => {
        change({ chooserPictures: address === '' ? [] : [address] });
      },
      ({ settings }) => settings.chooserPictures[0] ?? '',
    ),
    upload('用自己的照片作相机画面', (address) => {
      change({ cameraPicture: address });
    }),
  ];
}

function permission(name: string, scope: PermissionScope, phone: () => PhoneHooks | undefined): Control {
  return choice(
    name,
    PERMISSIONS,
    (value) => phone()?.setPermission(scope, value as Permission),
    ({ settings }) => settings.permissions[scope] ?? 'undetermined',
  );
}

void start();
