/**
 * The phone frame: which phone, who holds it, what its camera sees. It works the mini program's document
 * through `window.__phone` only, as tests do.
 */
import { type PhoneHooks } from '../phone/phone-hooks';
import { type PermissionScope } from '../phone/phone-state';

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

const FONT_SCALES = [
  ['标准', '1'],
  ['较大', '1.15'],
  ['大', '1.3'],
  ['最大', '1.45'],
] as const;

type Frame = HTMLIFrameElement & { readonly contentWindow: Window & { readonly __phone?: PhoneHooks } };

async function start(): Promise<void> {
  const configuration = (await (await fetch('/phone/configuration.json')).json()) as Configuration;
  const frame = document.querySelector<Frame>('#phone');
  const panel = document.querySelector<HTMLElement>('.panel');
  if (!frame || !panel) throw new Error('the phone frame is incomplete');
  const phone = (): PhoneHooks | undefined => frame.contentWindow.__phone;

  const resize = (index: number): void => {
    const device = DEVICES[index] ?? DEVICES[DEFAULT_DEVICE];
    frame.width = String(device.width);
    frame.height = String(device.height);
    phone()?.change({ safeTop: device.safeTop, safeBottom: device.safeBottom });
  };
  const hold = (openid: string): void => {
    frame.src = `/app.html?identity=${encodeURIComponent(openid)}`;
  };

  const album = group('album');
  const log = document.createElement('ol');
  log.className = 'log';
  const refresh = (): void => {
    const current = phone();
    album.replaceChildren(...(current?.album ?? []).map(albumEntry));
    log.replaceChildren(
      ...(current?.log ?? []).slice(-12).map(({ name, detail }) => listItem(`${name} ${detail}`)),
    );
  };
  const pictures: readonly (readonly [string, string])[] = [
    ['（摄像头 / 文件选择）', ''],
    ...configuration.pictures.map(({ label, address }) => [label, address] as const),
  ];
  const picture = (address: string): string | null => (address === '' ? null : address);

  panel.append(
    heading('手机'),
    choice(
      '持有人',
      configuration.identities.map(({ openid, label }) => [label, openid] as const),
      hold,
    ),
    choice(
      '屏幕',
      DEVICES.map(({ name }, index) => [name, String(index)] as const),
      (index) => {
        resize(Number(index));
      },
      String(DEFAULT_DEVICE),
    ),
    choice(
      '外观',
      [
        ['浅色', 'light'],
        ['深色', 'dark'],
      ],
      (theme) => phone()?.change({ theme: theme as 'light' | 'dark' }),
    ),
    choice('微信字号', FONT_SCALES, (scale) => {
      phone()?.change({ fontScale: Number(scale) });
      phone()?.relaunch();
    }),
    choice(
      '网络',
      [
        ['Wi-Fi', 'wifi'],
        ['4G', '4g'],
        ['慢速 2G', '2g'],
        ['无网络', 'none'],
      ],
      (network) =>
        phone()?.change({
          network: network as 'wifi' | '4g' | '2g' | 'none',
          bandwidth: network === '2g' ? 20_000 : 0,
        }),
    ),
    heading('画面来源'),
    choice('相机看到', pictures, (address) => phone()?.change({ cameraPicture: picture(address) })),
    choice('扫码看到', pictures, (address) => phone()?.change({ scanPicture: picture(address) })),
    choice('相册 / 聊天选图', pictures, (address) =>
      phone()?.change({ chooserPictures: address === '' ? [] : [address] }),
    ),
    upload('用自己的图片作相机画面', (address) => phone()?.change({ cameraPicture: address })),
    heading('权限'),
    permission('摄像头', 'scope.camera', phone),
    permission('保存到相册', 'scope.writePhotosAlbum', phone),
    choice(
      '隐私指引',
      [
        ['未同意', 'undetermined'],
        ['已同意', 'agreed'],
      ],
      (privacy) => phone()?.change({ privacy: privacy as 'undetermined' | 'agreed' }),
    ),
    heading('操作'),
    buttons([
      ['切到后台', () => phone()?.hide()],
      ['回到前台', () => phone()?.show()],
      ['杀掉并重新打开', () => phone()?.relaunch()],
      ['清空这部手机', () => void phone()?.reset()],
    ]),
    heading('系统相册'),
    album,
    heading('动作记录'),
    log,
  );

  frame.addEventListener('load', () => {
    const wait = window.setInterval(() => {
      const current = phone();
      if (!current) return;
      window.clearInterval(wait);
      current.onChange(refresh);
      resize(Number(panel.querySelector<HTMLSelectElement>('select[name="屏幕"]')?.value ?? DEFAULT_DEVICE));
      refresh();
    }, 50);
  });
  resize(DEFAULT_DEVICE);
  hold(configuration.identities[0]?.openid ?? 'student-1');
}

function heading(text: string): HTMLElement {
  const created = document.createElement('h2');
  created.textContent = text;
  return created;
}

function group(className: string): HTMLElement {
  const created = document.createElement('div');
  created.className = className;
  return created;
}

function listItem(text: string): HTMLElement {
  const created = document.createElement('li');
  created.textContent = text;
  return created;
}

function choice(
  name: string,
  options: readonly (readonly [label: string, value: string])[],
  choose: (value: string) => void,
  selected?: string,
): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.name = name;
  for (const [text, value] of options) select.append(new Option(text, value));
  if (selected !== undefined) select.value = selected;
  select.addEventListener('change', () => {
    choose(select.value);
  });
  label.append(name, select);
  return label;
}

function permission(name: string, scope: PermissionScope, phone: () => PhoneHooks | undefined): HTMLElement {
  const options = [
    ['未询问', 'undetermined'],
    ['已允许', 'granted'],
    ['已拒绝', 'refused'],
  ] as const;
  return choice(name, options, (value) =>
    phone()?.setPermission(scope, value as (typeof options)[number][1]),
  );
}

function upload(name: string, use: (address: string) => void): HTMLElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) use(URL.createObjectURL(file));
  });
  label.append(name, input);
  return label;
}

function buttons(actions: readonly (readonly [string, () => void])[]): HTMLElement {
  const row = group('row');
  for (const [text, act] of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.addEventListener('click', act);
    row.append(button);
  }
  return row;
}

function albumEntry(entry: { readonly name: string; readonly blob: Blob }): HTMLElement {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(entry.blob);
  link.download = entry.name;
  const image = document.createElement('img');
  image.src = link.href;
  image.alt = `下载 ${entry.name}`;
  link.append(image);
  return link;
}

void start();
