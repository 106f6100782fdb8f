/**
 * project.config.json, app.json and the JSON of pages: what WeChat's own schema knows, plus what this project
 * decided (framework, lazy loading, privacy check, dark mode). Unknown keys are findings: WeChat ignores them
 * without a word, and a mistyped setting is a setting that does not hold.
 */
import * as v from 'valibot';
import { type CheckedProject, type Json } from '../checked-project';
import { type Finding } from '../finding';

const CHECK = 'configuration';
const path = v.pipe(v.string(), v.regex(/^[^/.][^.]*$/, 'a path without leading slash and extension'));
const colour = v.pipe(
  v.string(),
  v.regex(/^(#[0-9a-fA-F]{3,8}|@\w+)$/, 'a colour (#rrggbb) or a theme variable'),
);
const textStyle = v.pipe(v.string(), v.regex(/^(black|white|@\w+)$/, 'black, white or a theme variable'));

const windowEntries = {
  navigationBarBackgroundColor: v.optional(colour),
  navigationBarTextStyle: v.optional(textStyle),
  navigationBarTitleText: v.optional(v.string()),
  navigationStyle: v.optional(v.picklist(['default', 'custom'])),
  homeButton: v.optional(v.boolean()),
  backgroundColor: v.optional(colour),
  backgroundColorContent: v.optional(colour),
  backgroundTextStyle: v.optional(v.pipe(v.string(), v.regex(/^(dark|light|@\w+)$/))),
  backgroundColorTop: v.optional(colour),
  backgroundColorBottom: v.optional(colour),
  enablePullDownRefresh: v.optional(v.boolean()),
  onReachBottomDistance: v.optional(v.number()),
  pageOrientation: v.optional(v.picklist(['portrait', 'landscape', 'auto'])),
  restartStrategy: v.optional(v.picklist(['homePage', 'homePageAndLatestPage'])),
  initialRenderingCache: v.optional(v.picklist(['static', 'dynamic', 'capture'])),
  visualEffectInBackground: v.optional(v.picklist(['none', 'hidden'])),
  handleWebviewPreload: v.optional(v.picklist(['auto', 'manual', 'static'])),
};

const componentEntries = {
  component: v.optional(v.boolean()),
  usingComponents: v.optional(v.record(v.string(), v.string())),
  componentPlaceholder: v.optional(v.record(v.string(), v.string())),
  componentGenerics: v.optional(v.record(v.string(), v.unknown())),
  styleIsolation: v.optional(
    v.picklist(['isolated', 'apply-shared', 'shared', 'page-isolated', 'page-apply-shared', 'page-shared']),
  ),
  addGlobalClass: v.optional(v.boolean()),
  pureDataPattern: v.optional(v.string()),
};

const pageJson = v.strictObject({
  ...windowEntries,
  ...componentEntries,
  disableScroll: v.optional(v.boolean()),
  navigationBarLoading: v.optional(v.boolean()),
  singlePage: v.optional(v.record(v.string(), v.unknown())),
});

const tabBar = v.strictObject({
  color: v.optional(colour),
  selectedColor: v.optional(colour),
  backgroundColor: v.optional(colour),
  borderStyle: v.optional(v.pipe(v.string(), v.regex(/^(black|white|@\w+)$/))),
  position: v.optional(v.picklist(['bottom', 'top'])),
  custom: v.optional(v.boolean()),
  list: v.pipe(
    v.array(
      v.strictObject({
        pagePath: path,
        text: v.string(),
        iconPath: v.optional(v.string()),
        selectedIconPath: v.optional(v.string()),
      }),
    ),
    v.minLength(2),
    v.maxLength(5),
  ),
});

/** `permission` knows the location only; `scope.camera` there is refused when the project is opened. */
const permission = v.strictObject({
  'scope.userLocation': v.optional(v.strictObject({ desc: v.string() })),
});

const appJson = v.strictObject({
  pages: v.pipe(v.array(path), v.minLength(1)),
  entryPagePath: v.optional(path),
  window: v.optional(v.strictObject(windowEntries)),
  tabBar: v.optional(tabBar),
  subPackages: v.optional(
    v.array(
      v.strictObject({
        root: v.pipe(v.string(), v.regex(/^[^/.]/)),
        name: v.optional(v.string()),
        pages: v.array(path),
        independent: v.optional(v.boolean()),
      }),
    ),
  ),
  preloadRule: v.optional(v.record(v.string(), v.unknown())),
  networkTimeout: v.optional(v.record(v.string(), v.number())),
  permission: v.optional(permission),
  requiredBackgroundModes: v.optional(v.array(v.string())),
  usingComponents: v.optional(v.record(v.string(), v.string())),
  resolveAlias: v.optional(v.record(v.string(), v.string())),
  sitemapLocation: v.string(),
  // This project's decisions.
  style: v.literal('v2'),
  componentFramework: v.literal('glass-easel'),
  lazyCodeLoading: v.literal('requiredComponents'),
  __usePrivacyCheck__: v.literal(true),
  darkmode: v.literal(true),
  themeLocation: v.string(),
  renderer: v.optional(v.literal('webview')),
  debug: v.optional(v.literal(false)),
});

const packOption = v.strictObject({
  type: v.picklist(['file', 'folder', 'suffix', 'prefix', 'regexp', 'glob']),
  value: v.string(),
});

const projectConfig = v.looseObject({
  compileType: v.literal('miniprogram'),
  projectname: v.optional(v.string()),
  // A real appid belongs to project.private.config.json, which is not committed.
  appid: v.literal('touristappid'),
  miniprogramRoot: v.literal('miniprogram/'),
  cloudfunctionRoot: v.literal('dist/cloudfunctions/'),
  setting: v.looseObject({
    useCompilerPlugins: v.pipe(
      v.array(v.string()),
      v.check((plugins) => plugins.includes('typescript'), 'must include typescript'),
    ),
    packNpmManually: v.literal(true),
    packNpmRelationList: v.array(
      v.strictObject({ packageJsonPath: v.string(), miniprogramNpmDistDir: v.literal('./miniprogram/') }),
    ),
    ignoreUploadUnusedFiles: v.literal(true),
  }),
  packOptions: v.strictObject({ ignore: v.array(packOption), include: v.array(packOption) }),
});

const sitemapJson = v.strictObject({
  desc: v.optional(v.string()),
  rules: v.pipe(
    v.array(
      v.strictObject({
        action: v.optional(v.picklist(['allow', 'disallow'])),
        page: v.string(),
        params: v.optional(v.array(v.string())),
        matching: v.optional(v.picklist(['exact', 'inclusive', 'exclusive', 'partial'])),
        priority: v.optional(v.number()),
      }),
    ),
    v.minLength(1),
  ),
});

const themeJson = v.strictObject({
  light: v.record(v.string(), v.string()),
  dark: v.record(v.string(), v.string()),
});

export function checkConfiguration(project: CheckedProject): Finding[] {
  const app = project.json('app.json');
  return [
    ...conform('project.config.json', projectConfig, project.config),
    ...conform(project.display('app.json'), appJson, app ?? {}),
    ...referenced(project, app, 'sitemapLocation', sitemapJson),
    ...referenced(project, app, 'themeLocation', themeJson),
    ...themeVariables(project),
    ...pageFindings(project, app),
  ];
}

function pageFindings(project: CheckedProject, app: Json | undefined): Finding[] {
  const findings: Finding[] = [];
  const pages = Object.keys(project.built.pages);
  const twice = pageList(app).filter((page, index, all) => all.indexOf(page) !== index);
  for (const page of twice) findings.push(finding('app.json', `page is listed twice: ${page}`, project));
  for (const page of pages) {
    const json = project.json(`${page}.json`);
    if (json) findings.push(...conform(project.display(`${page}.json`), pageJson, json));
    if (!project.has(`${page}.wxml`))
      findings.push(finding('app.json', `page has no template: ${page}`, project));
    if (json?.['navigationBarTitleText'] === undefined) {
      // WeChat's search and screen readers both read it.
      findings.push(finding(`${page}.json`, 'page has no title (navigationBarTitleText)', project));
    }
  }
  for (const component of Object.keys(project.built.components)) {
    if (pages.includes(component) || component.startsWith('miniprogram_npm/')) continue;
    const json = project.json(`${component}.json`);
    if (!json) continue;
    findings.push(...conform(project.display(`${component}.json`), v.strictObject(componentEntries), json));
    if (json['component'] !== true) {
      findings.push(finding(`${component}.json`, 'a component must say "component": true', project));
    }
  }
  return findings;
}

function pageList(app: Json | undefined): string[] {
  return Array.isArray(app?.['pages']) ? app['pages'].map(String) : [];
}

/** A file that app.json names must exist and conform. */
function referenced(
  project: CheckedProject,
  app: Json | undefined,
  key: string,
  schema: v.GenericSchema,
): Finding[] {
  const name = app?.[key];
  if (typeof name !== 'string') return [];
  const json = project.json(name);
  if (!json) return [finding('app.json', `${key} names no JSON object: ${name}`, project)];
  return conform(project.display(name), schema, json);
}

/** Every `@name` must be defined in both themes. */
function themeVariables(project: CheckedProject): Finding[] {
  const findings: Finding[] = [];
  const paths = ['app.json', ...Object.keys(project.built.pages).map((page) => `${page}.json`)];
  for (const file of paths) {
    for (const [, name = ''] of (project.read(file) ?? '').matchAll(/"@(\w+)"/g)) {
      for (const theme of ['light', 'dark'] as const) {
        if (name in project.built.theme[theme]) continue;
        findings.push(finding(file, `theme variable @${name} is not defined for ${theme}`, project));
      }
    }
  }
  return findings;
}

function conform(displayed: string, schema: v.GenericSchema, value: unknown): Finding[] {
  const result = v.safeParse(schema, value);
  return (result.issues ?? []).map((issue) => ({
    check: CHECK,
    path: displayed,
    message: `${v.getDotPath(issue) ?? '(whole file)'}: ${issue.message}`,
  }));
}

function finding(file: string, message: string, project: CheckedProject): Finding {
  return { check: CHECK, path: project.display(file), message };
}
