/**
 * Starts the mini program in its document: reads the build, sets the phone up for the chosen identity, runs
 * app.js and opens the first page. The phone frame around it is another document (`shell/`).
 */
import * as glassEasel from 'glass-easel';
import { type BuiltProject, type WindowConfig } from '../built-project';
import { defineBuiltIns } from './built-in/built-ins';
import { AppLifeCycle, type LaunchOptions } from './framework/app-life-cycle';
import { ComponentRegistry } from './framework/component-registry';
import { extendComponents } from './framework/component-extensions';
import { listenForGestures } from './framework/gestures';
import { ModuleLoader } from './framework/module-loader';
import { PageStack, parseQuery } from './framework/page-stack';
import { PullDownRefresh } from './framework/pull-down-refresh';
import { PhoneBackend } from './framework/phone-backend';
import { addressOf } from './phone/addresses';
import { Album } from './phone/album';
import { Authorization } from './phone/authorization';
import { CallLog } from './phone/call-log';
import { CloudConnection } from './phone/cloud-connection';
import { openDatabase } from './phone/database';
import { FileStore } from './phone/file-store';
import { type Phone } from './phone/phone';
import { installHooks } from './phone/phone-hooks';
import { PhoneState } from './phone/phone-state';
import { PictureSources } from './phone/picture-sources';
import { share } from './phone/share';
import { showProblems } from './screen/build-problems';
import { Dialogs } from './screen/dialogs';
import { showMenu } from './screen/menu';
import { Screen } from './screen/screen';
import { createWx } from './wx/wx';

async function start(): Promise<void> {
  const parameters = new URLSearchParams(location.search);
  const project = (await (await fetch('/build.json')).json()) as BuiltProject;
  showProblems(project.problems);
  if (project.app.pages.length === 0) return;
  const configuration = (await (await fetch('/phone/configuration.json')).json()) as {
    readonly cloudUrl?: string;
  };
  const identity = parameters.get('identity') ?? 'student-1';
  const database = await openDatabase();
  const state = new PhoneState(identity);
  const files = await FileStore.open(identity, database);
  const album = await Album.open(identity, database);
  const backend = new PhoneBackend();
  const life = new AppLifeCycle(launchOptions(project, parameters));
  const screen = new Screen({
    leading: () => {
      if (pages.pages.length > 1) pages.back(1);
      else pages.restart(`/${pages.homePath}`);
    },
    menu: () => {
      void showMenu(phone);
    },
    close: () => {
      phone.leave();
    },
    tab: (path) => {
      pages.switchTab(`/${path}`);
    },
  });
  const dialogs = new Dialogs(screen);
  const registry = new ComponentRegistry(project, backend, (space) => {
    defineBuiltIns(space, () => phone);
  });
  const pages = new PageStack(project, registry, screen.pages);
  const phone: Phone = {
    project,
    state,
    files,
    album,
    authorization: new Authorization(state, dialogs, {
      name: project.app.window?.navigationBarTitleText ?? '小程序',
      checksPrivacy: project.app.__usePrivacyCheck__ === true,
    }),
    pictures: new PictureSources(state),
    screen,
    dialogs,
    pages,
    refresh: new PullDownRefresh(pages),
    app: life,
    log: new CallLog(),
    cameras: new Set(),
    cloud: new CloudConnection(state, configuration.cloudUrl),
    addressOf: (source) => addressOf(phone, source),
    share: (target) => {
      share(phone, target);
    },
    leave: () => {
      if (!life.isVisible) return;
      pages.hideTop();
      life.hide();
      document.documentElement.dataset['background'] = '';
    },
  };
  const wx = createWx(phone);
  const loader = new ModuleLoader(project.scripts, {
    ...registry.globals,
    wx,
    App: life.define,
    getApp: life.instance,
    getCurrentPages: () => pages.pages.map((page) => page.instance),
  });
  registry.use(loader);
  extendComponents(phone);
  connect(phone, backend);
  installHooks(phone);
  loader.load('app.js');
  life.launch();
  const { path, query } = life.launchOptions;
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  pages.restart(`/${path}${search.length > 0 ? `?${search.join('&')}` : ''}`);
  document.documentElement.dataset['started'] = '';
  // For benchmarks: from navigation to the first page.
  performance.mark('phone:started');
  new EventSource('/events').addEventListener('reload', () => {
    reloadPage(phone);
  });
}

/** A new build: starts again on the page that the developer looks at. */
function reloadPage(phone: Phone): void {
  const { top } = phone.pages;
  const search = Object.entries(top?.query ?? {}).map(([name, value]) => `${name}=${value}`);
  globalThis.__phone?.relaunch(top && (search.length > 0 ? `${top.route}?${search.join('&')}` : top.route));
}

function launchOptions(project: BuiltProject, parameters: URLSearchParams): LaunchOptions {
  const [path = '', search = ''] = (parameters.get('page') ?? '').replace(/^\//, '').split('?', 2);
  const known = path in project.pages;
  return {
    path: known ? path : (project.app.entryPagePath ?? project.app.pages[0] ?? ''),
    query: known ? parseQuery(search) : {},
    scene: Number(parameters.get('scene') ?? 1001),
    referrerInfo: {},
  };
}

/** Joins gestures, errors, theme and bars to the parts that answer to them. */
function connect(phone: Phone, backend: PhoneBackend): void {
  const { pages, screen, state, project } = phone;
  listenForGestures(
    screen.pages,
    () => {
      const { left, top } = screen.pages.getBoundingClientRect();
      return { left, top, scrollTop: pages.top?.scroller.scrollTop ?? 0 };
    },
    (gesture) => {
      phone.refresh.follow(gesture);
      return backend.dispatch(gesture);
    },
  );
  window.addEventListener('error', (event) => {
    phone.app.failed(event.error);
  });
  window.addEventListener('unhandledrejection', (event) => {
    phone.app.rejected(event.reason, event.promise);
  });
  glassEasel.addGlobalErrorListener((error) => {
    window.setTimeout(() => {
      reportError(error);
    });
    return false;
  });
  const drawBar = (): void => {
    const { top } = pages;
    if (!top) return;
    const config = themed(top.window, project.theme[state.settings.theme]);
    screen.showBar({
      title: config.navigationBarTitleText ?? '',
      background: config.navigationBarBackgroundColor ?? '',
      textStyle: config.navigationBarTextStyle ?? (state.settings.theme === 'dark' ? 'white' : 'black'),
      hidden: config.navigationStyle === 'custom',
      leading: pages.pages.length > 1 ? 'back' : leadingOf(phone, top.route),
      loading: top.loading,
    });
    top.host.style.backgroundColor = config.backgroundColor ?? '';
    screen.showTabs(project.app.tabBar, top.route);
  };
  const applyTheme = (): void => {
    document.documentElement.dataset['theme'] =
      project.app.darkmode === true ? state.settings.theme : 'light';
    const { style } = document.documentElement;
    style.setProperty('--phone-safe-top', `${state.settings.safeTop}px`);
    style.setProperty('--phone-safe-bottom', `${state.settings.safeBottom}px`);
  };
  const measure = (): void => {
    document.documentElement.style.setProperty('--phone-vh', `${screen.pages.clientHeight / 100}px`);
  };
  pages.onChange(drawBar);
  pages.onChange(measure);
  new ResizeObserver(measure).observe(screen.pages);
  state.onChange((now, before) => {
    applyTheme();
    drawBar();
    if (now.theme !== before.theme) phone.app.themeChanged(now.theme);
  });
  applyTheme();
}

/** A first page other than home offers the way there, as WeChat does. */
function leadingOf(phone: Phone, route: string): 'none' | 'home' {
  return route === phone.pages.homePath || phone.pages.isTab(route) ? 'none' : 'home';
}

/** Replaces `@name` by the theme's value. */
function themed(config: WindowConfig, theme: Readonly<Record<string, string>>): WindowConfig {
  const entries = Object.entries(config).map(([key, value]: [string, unknown]) => {
    const name = typeof value === 'string' && value.startsWith('@') ? value.slice(1) : undefined;
    return [key, name === undefined ? value : theme[name]];
  });
  return Object.fromEntries(entries) as WindowConfig;
}

void start().catch((error: unknown) => {
  showProblems([
    {
      severity: 'error',
      path: 'app.ts',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    },
  ]);
  throw error;
});
