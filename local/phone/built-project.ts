/**
 * What the builder hands to the browser: the whole mini program as plain JSON.
 * Shared by both sides so that neither can drift. Holds nothing that only one side understands.
 */

/** app.json as far as the phone uses it; unknown keys are kept for `check:wechat` to judge, not here. */
export interface AppConfig {
  readonly pages: readonly string[];
  readonly entryPagePath?: string;
  readonly subPackages?: readonly SubPackage[];
  readonly subpackages?: readonly SubPackage[];
  readonly window?: WindowConfig;
  readonly tabBar?: TabBarConfig;
  readonly usingComponents?: Readonly<Record<string, string>>;
  readonly darkmode?: boolean;
  readonly themeLocation?: string;
  readonly __usePrivacyCheck__?: boolean;
}

export interface SubPackage {
  readonly root: string;
  readonly pages: readonly string[];
}

export interface TabBarConfig {
  readonly color?: string;
  readonly selectedColor?: string;
  readonly backgroundColor?: string;
  readonly borderStyle?: string;
  readonly list: readonly { readonly pagePath: string; readonly text: string; readonly iconPath?: string }[];
}

/** Window settings of app.json and of a page's own JSON (`@name` values come from theme.json). */
export interface WindowConfig {
  readonly navigationBarTitleText?: string;
  readonly navigationBarBackgroundColor?: string;
  readonly navigationBarTextStyle?: string;
  readonly navigationStyle?: string;
  readonly backgroundColor?: string;
  readonly backgroundTextStyle?: string;
  readonly enablePullDownRefresh?: boolean;
  readonly onReachBottomDistance?: number;
  readonly disableScroll?: boolean;
}

/** A component's or page's JSON with every reference made absolute. */
export interface ComponentConfig {
  readonly component: boolean;
  readonly usingComponents: Readonly<Record<string, string>>;
  readonly componentGenerics?: Readonly<Record<string, unknown>>;
  readonly componentPlaceholder?: Readonly<Record<string, string>>;
  readonly styleIsolation?: string;
  readonly addGlobalClass?: boolean;
  readonly pureDataPattern?: string;
}

export interface ScriptModule {
  /** CommonJS; runs inside a function with `require`, `module`, `exports` and WeChat's globals. */
  readonly code: string;
  /** Specifier as written → module path. */
  readonly requires: Readonly<Record<string, string>>;
}

export interface BuildProblem {
  readonly severity: 'error' | 'warning';
  /** Path inside the mini program. */
  readonly path: string;
  /** One-based, where known. */
  readonly line?: number;
  readonly message: string;
}

export interface BuiltProject {
  readonly app: AppConfig;
  readonly theme: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>>;
  /** Page path → its window settings merged over the app's. Order: main package first. */
  readonly pages: Readonly<Record<string, WindowConfig>>;
  /** Page and component path → configuration. */
  readonly components: Readonly<Record<string, ComponentConfig>>;
  /** Component path → CSS with scope markers (see `builder/compile-style.ts`). */
  readonly styles: Readonly<Record<string, string>>;
  /** An expression that evaluates to the template groups. */
  readonly templates: string;
  /** Module path (with `.js`) → script. */
  readonly scripts: Readonly<Record<string, ScriptModule>>;
  readonly problems: readonly BuildProblem[];
  /** Milliseconds that the build took. */
  readonly milliseconds: number;
}
