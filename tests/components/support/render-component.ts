/**
 * Renders one component on WeChat's older framework (exparser and wcc, by miniprogram-simulate), which WebView pages
 * may still run on: a second opinion beside the browser phone. Built-in components are bare slots there, so a test
 * asks what a person would read and what the component says when it is tapped, not how it looks.
 */
import { join, resolve } from 'node:path';
import { render, load } from 'miniprogram-simulate';

const ROOT = resolve(__dirname, '../../..');

/** Trees that components are taken from. */
export const TREES = {
  miniprogram: join(ROOT, 'miniprogram'),
  fixture: join(ROOT, 'tests/fixtures/mini-program'),
  tdesign: join(ROOT, 'node_modules/tdesign-miniprogram/miniprogram_dist'),
} as const;

export interface EmittedEvent {
  readonly name: string;
  readonly detail: unknown;
}

type Simulated = ReturnType<typeof render>;

/** One rendered component. `close` takes it off the page. */
export class RenderedComponent {
  readonly emitted: EmittedEvent[] = [];
  private readonly place = document.createElement('div');

  constructor(
    private readonly simulated: Simulated & { attach?(parent: Node): void; detach?(): void },
    events: readonly string[],
  ) {
    document.body.append(this.place);
    for (const name of events) {
      const listen = simulated as unknown as { addEventListener(name: string, listener: Listener): void };
      listen.addEventListener(name, ({ detail }) => this.emitted.push({ name, detail }));
    }
    // Attaching calls `attached` and `ready`, so what they emit is collected too.
    simulated.attach?.(this.place);
  }

  get data(): Readonly<Record<string, unknown>> {
    return this.simulated.data as Readonly<Record<string, unknown>>;
  }

  /** What a person reads, in document order, white space collapsed. */
  get text(): string {
    return (this.simulated.dom?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  /** An attribute of the first element that the selector finds. */
  attribute(selector: string, name: string): string | null {
    return this.find(selector).dom?.getAttribute(name) ?? null;
  }

  /** The first element itself that the selector finds, to see whether it is still the same one. */
  element(selector: string): Element | undefined {
    return this.find(selector).dom;
  }

  has(selector: string): boolean {
    return this.simulated.querySelector(selector) !== undefined;
  }

  /**
   * Sends an event to an element of the component, `tap` by default.
   * @param selector class or id, as `selectComponent` takes them; exparser finds no tag names
   */
  async fire(selector: string, event = 'tap', detail: object = {}): Promise<void> {
    await this.firing(selector)(event, detail);
  }

  /** Sends events to the element that the selector finds now, also after another one has taken its place. */
  firing(selector: string): (event: string, detail?: object) => Promise<void> {
    const found = this.find(selector);
    return async (event, detail = {}) => {
      found.dispatchEvent(event, event === 'tap' ? {} : { bubbles: true, detail });
      await settled();
    };
  }

  async set(properties: Readonly<Record<string, unknown>>): Promise<void> {
    this.simulated.setData(properties);
    await settled();
  }

  close(): void {
    // A component with a virtual host has no element of its own to take off.
    if (this.simulated.dom?.parentNode === this.place) this.simulated.detach?.();
    else this.simulated.triggerLifeTime('detached');
    this.place.remove();
  }

  private find(selector: string): NonNullable<ReturnType<Simulated['querySelector']>> {
    const found = this.simulated.querySelector(selector);
    if (!found) throw new Error(`the component has no element "${selector}"`);
    return found;
  }
}

type Listener = (event: { readonly detail: unknown }) => void;

export interface RenderOptions {
  readonly tree?: keyof typeof TREES;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Events of the component to collect in `emitted`. */
  readonly events?: readonly string[];
  /** Components of app.json, which every component may use: tag → path from the tree's root, with a slash. */
  readonly globalComponents?: Readonly<Record<string, string>>;
}

const registered = new Map<string, string>();

function register(file: string, rootPath: string, usingComponents: object): string {
  // The framework wants each script to run once per component that is loaded, also for those that ran as parts of
  // another component before.
  jest.resetModules();
  return load(file, { rootPath, compiler: 'official', usingComponents: { ...usingComponents } });
}

/** @param path from the tree's root, without extension: `components/icon/icon` */
export function renderComponent(path: string, options: RenderOptions = {}): RenderedComponent {
  provideGlobals();
  const rootPath = TREES[options.tree ?? 'miniprogram'];
  const file = join(rootPath, path);
  const id = registered.get(file) ?? register(file, rootPath, options.globalComponents ?? {});
  registered.set(file, id);
  const rendered = render(id, { ...options.properties });
  return new RenderedComponent(rendered, options.events ?? []);
}

/** miniprogram-simulate knows Component and Behavior only. */
function provideGlobals(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  // A page of the older framework is a component whose methods lie beside its data.
  scope['Page'] ??= ({ data, ...methods }: { data?: object }) => {
    (scope['Component'] as (definition: object) => void)({ data: data ?? {}, methods });
  };
  scope['getApp'] ??= () => ({});
  scope['getCurrentPages'] ??= () => [];
}

/** Data reaches the page in the next turn. */
function settled(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done);
  });
}
