/**
 * Registers pages and components in the framework's code space when they are first needed
 * (`lazyCodeLoading`), with their templates, options and scoped styles.
 * Refuses to register what the build does not contain.
 */
import type * as glassEasel from 'glass-easel';
import {
  MiniProgramEnv,
  type AssociatedBackend,
  type CodeSpace,
  type Root,
} from 'glass-easel-miniprogram-adapter';
import { type BuiltProject, type ComponentConfig } from '../../built-project';
import { HOST_MARKER, SCOPE_MARKER } from '../../scope-markers';
import { setAttributeOnHost } from './accessible-attributes';
import { type ModuleLoader } from './module-loader';
import { type PhoneBackend } from './phone-backend';

/** What `Page()`, `Component()` and `Behavior()` receive, as far as the phone looks into it. */
interface Definition {
  behaviors?: unknown[];
  options?: { styleIsolation?: string; addGlobalClass?: boolean };
  [field: string]: unknown;
}
type Templates = Record<string, glassEasel.template.ComponentTemplate['content']>;
type StyleLayer = 'app' | 'component' | 'page';

export class ComponentRegistry {
  readonly codeSpace: CodeSpace;
  private readonly associated: AssociatedBackend;
  private readonly templates: Templates;
  private readonly registered = new Set<string>();
  private readonly layers: Readonly<Record<StyleLayer, HTMLElement>>;
  private loader: ModuleLoader | undefined;

  constructor(
    private readonly project: BuiltProject,
    backend: PhoneBackend,
    addBuiltIns: (space: glassEasel.ComponentSpace) => void,
  ) {
    const environment = new MiniProgramEnv();
    this.associated = environment.associateBackend(backend);
    this.codeSpace = environment.createCodeSpace('app', true);
    const space = this.codeSpace.getComponentSpace();
    space.updateComponentOptions({ writeIdToDOM: true });
    addBuiltIns(space);
    this.codeSpace.setOverallBehavior(readyBehavior(space));
    // The script is the template compiler's output of the developer's own templates.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const evaluate = new Function('getRegExp', 'getDate', `return ${project.templates}`) as (
      ...values: unknown[]
    ) => unknown;
    this.templates = evaluate(
      (pattern: string, flags?: string) => new RegExp(pattern, flags),
      (...parts: number[]) => (parts.length === 0 ? new Date() : new Date(...(parts as [number]))),
    ) as Templates;
    this.layers = { app: styleLayer('app'), component: styleLayer('component'), page: styleLayer('page') };
    if (project.styles['app'] !== undefined) this.addStyle('app', 'app', project.styles['app']);
  }

  /** The loader needs `Page` and `Component`, which need this registry: it comes second. */
  use(loader: ModuleLoader): void {
    this.loader = loader;
  }

  /** WeChat's global functions for scripts. */
  get globals(): Readonly<Record<'Page' | 'Component' | 'Behavior', unknown>> {
    const definePage = (definition: Definition): void => {
      const path = this.currentPath();
      this.prepare(path, definition);
      this.codeSpace.componentEnv(path, ({ Page }) => {
        Page(definition as Parameters<typeof Page>[0]);
      });
    };
    const defineComponent = (definition: Definition): void => {
      const path = this.currentPath();
      this.prepare(path, definition);
      this.codeSpace.componentEnv(path, ({ Component }) => {
        Component(definition as unknown as Parameters<typeof Component>[0]);
      });
    };
    const defineBehavior = (definition: Definition): unknown => {
      withoutPlatformBehaviors(definition);
      return this.codeSpace.componentEnv('', ({ Behavior }) =>
        Behavior(definition as unknown as Parameters<typeof Behavior>[0]),
      );
    };
    return { Page: definePage, Component: defineComponent, Behavior: defineBehavior };
  }

  /** Creates a page's root component. @param url path, with the query that becomes properties */
  createPage(path: string, url: string): Root {
    this.codeSpace.getComponentSpace().groupRegister(() => {
      this.register(path);
    });
    return this.associated.createRoot('page', this.codeSpace, url);
  }

  private register(path: string): void {
    if (this.registered.has(path)) return;
    this.registered.add(path);
    const config = this.project.components[path];
    if (!config) throw new Error(`component is not part of the build: ${path}`);
    for (const dependency of dependenciesOf(config)) this.register(dependency);
    const content = this.templates[path];
    if (content)
      this.codeSpace.addCompiledTemplate(path, {
        content: withAttributes(content),
        groupList: this.templates,
      });
    this.codeSpace.addComponentStaticConfig(path, staticConfigOf(config));
    this.codeSpace.addStyleSheet(path, undefined, scopeNameOf(path));
    this.loader?.load(`${path}.js`);
  }

  /** Runs just before the framework registers: the last moment to settle the style scope. */
  private prepare(path: string, definition: Definition): void {
    const config = this.project.components[path];
    if (!config) throw new Error(`Component() or Page() in a script that is no component: ${path}`);
    withoutPlatformBehaviors(definition);
    const isolation =
      config.styleIsolation ??
      definition.options?.styleIsolation ??
      (definition.options?.addGlobalClass === true ? 'apply-shared' : undefined);
    const settled = { ...config, ...(isolation !== undefined && { styleIsolation: isolation }) };
    this.codeSpace.addComponentStaticConfig(path, staticConfigOf(settled));
    const css = this.project.styles[path];
    if (css === undefined) return;
    const shared = !config.component || isolation === 'shared' || isolation === 'page-shared';
    const prefix = shared ? '' : `${scopeNameOf(path)}--`;
    const scoped = css.replaceAll(SCOPE_MARKER, prefix).replaceAll(HOST_MARKER, scopeNameOf(path));
    this.addStyle(path, config.component ? 'component' : 'page', scoped);
  }

  private addStyle(path: string, layer: StyleLayer, css: string): void {
    const style = document.createElement('style');
    style.dataset['path'] = path;
    style.textContent = css;
    this.layers[layer].append(style);
  }

  private currentPath(): string {
    const id = this.loader?.current;
    if (id === undefined) throw new Error('Component() or Page() was called after its script had run');
    return id.replace(/\.js$/, '');
  }
}

/** Styles apply in WeChat's order: app, components, pages. */
function styleLayer(name: StyleLayer): HTMLElement {
  const layer = document.createElement('div');
  layer.hidden = true;
  layer.dataset['styles'] = name;
  document.head.append(layer);
  return layer;
}

function dependenciesOf(config: ComponentConfig): string[] {
  const generics = Object.values(config.componentGenerics ?? {}) as { readonly default?: string }[];
  return [
    ...Object.values(config.usingComponents),
    ...generics.flatMap((generic) => (generic.default === undefined ? [] : [generic.default])),
  ];
}

type StaticConfig = Parameters<CodeSpace['addComponentStaticConfig']>[1];

function staticConfigOf(config: ComponentConfig): StaticConfig {
  const { styleIsolation, ...rest } = config;
  const absolute = Object.entries(config.usingComponents).map(([tag, path]) => [tag, `/${path}`]);
  const generics = Object.entries(config.componentGenerics ?? {}).map(([name, generic]) => {
    const fallback = (generic as { readonly default?: string }).default;
    return [name, fallback === undefined ? true : { default: `/${fallback}` }];
  });
  return {
    ...rest,
    ...(styleIsolation !== undefined && {
      styleIsolation: styleIsolation as unknown as StaticConfig['styleIsolation'],
    }),
    usingComponents: Object.fromEntries(absolute) as Record<string, string>,
    ...(generics.length > 0 && {
      componentGenerics: Object.fromEntries(generics) as StaticConfig['componentGenerics'],
    }),
  } as StaticConfig;
}

function scopeNameOf(path: string): string {
  return path.replace(/^miniprogram_npm\//, '').replaceAll(/[^a-zA-Z0-9]+/g, '-');
}

/** `wx://…` behaviors are WeChat's own and crash the adapter; what they add is built into the phone. */
function withoutPlatformBehaviors(definition: Definition): void {
  if (definition.behaviors)
    definition.behaviors = definition.behaviors.filter((behavior) => typeof behavior !== 'string');
}

type Content = glassEasel.template.ComponentTemplate['content'];

/** Lets accessibility attributes through to the host element; the framework knows properties only. */
function withAttributes(content: Content): Content {
  return (name) => {
    const generate = content(name);
    return (wrapper, ...rest) => {
      const own = wrapper as unknown as { r: SetProperty; phone?: true };
      if (!own.phone) {
        own.phone = true;
        const setProperty = own.r;
        own.r = (node, property, value, ...paths) => {
          if (!setAttributeOnHost(node, property, value)) setProperty(node, property, value, ...paths);
        };
      }
      return generate(wrapper, ...rest);
    };
  };
}

type SetProperty = (node: glassEasel.Element, name: string, value: unknown, ...paths: unknown[]) => void;

/** The framework leaves `ready` to its host: after the first paint of each component. */
function readyBehavior(space: glassEasel.ComponentSpace): glassEasel.GeneralBehavior {
  return space
    .define()
    .lifetime('attached', function () {
      const component = this as unknown as { _$: glassEasel.GeneralComponent };
      window.setTimeout(() => {
        component._$.triggerLifetime('ready', []);
      });
    })
    .registerBehavior();
}
