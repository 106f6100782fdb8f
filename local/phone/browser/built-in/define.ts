/**
 * How a built-in component is made: WeChat's properties in, DOM on the host element, WeChat's events out.
 * The content between the tags stays the framework's; a component adds its own elements beside it.
 */
import type * as glassEasel from 'glass-easel';
import { type BuiltInTag } from '../../built-in-tags';
import { elementOf } from '../framework/phone-backend';
import { type Phone } from '../phone/phone';

export type PropertyType =
  typeof String | typeof Number | typeof Boolean | typeof Object | typeof Array | null;
export type Property = PropertyType | { readonly type: PropertyType; readonly value: unknown };

export interface BuiltInReactions {
  /** Called with the first value and after every change. */
  readonly on?: Readonly<Record<string, (value: never) => void>>;
  attached?(): void;
  detached?(): void;
}

export interface BuiltIn {
  readonly tag: BuiltInTag;
  readonly properties?: Readonly<Record<string, Property>>;
  /** Runs once per instance. */
  setup?(host: BuiltInHost, phone: Phone): BuiltInReactions | undefined;
}

/** One instance of a built-in component, as its own code works with it. */
export class BuiltInHost {
  constructor(readonly component: glassEasel.GeneralComponent) {}

  get element(): HTMLElement {
    const found = elementOf(this.component);
    if (!found) throw new Error(`<${this.component.tagName}> has no element`);
    return found;
  }

  /** A property's value; the shapes are those that the component declares. */
  value(name: string): unknown {
    return (this.component.data as Record<string, unknown>)[name];
  }

  string(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number {
    return Number(this.value(name));
  }

  boolean(name: string): boolean {
    return this.value(name) === true;
  }

  /** Changes a property from inside, which also updates `model:` bindings. */
  set(name: string, value: unknown): void {
    this.component.setData({ [name]: value });
  }

  trigger(type: string, detail: object = {}, bubbles = false): void {
    this.component.triggerEvent(type, detail, { bubbles, composed: bubbles });
  }

  /** Touches and taps that reach the host or its content. */
  listen(type: string, listener: (event: glassEasel.ShadowedEvent<unknown>) => void): void {
    this.component.addListener(type, listener);
  }

  get id(): string {
    return this.component.id;
  }

  get dataset(): Readonly<Record<string, unknown>> {
    return this.component.dataset;
  }

  /** The nearest built-in around this one with one of these tags. */
  closest(...tags: BuiltInTag[]): BuiltInHost | undefined {
    for (let at = this.element.parentElement; at; at = at.parentElement) {
      const host = hosts.get(at);
      if (host && tags.includes(host.component.tagName as BuiltInTag)) return host;
    }
    return undefined;
  }

  /** Built-ins with a tag inside this one, in document order. */
  inside(tag: BuiltInTag): BuiltInHost[] {
    return [...this.element.querySelectorAll(`wx-${tag}`)].flatMap((found) => hosts.get(found) ?? []);
  }
}

/** glass-easel's segment for passing styles: `StyleSegmentIndex.TEMP_EXTRA`, a const enum that cannot be imported. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
export const TEMPORARY_SEGMENT: glassEasel.StyleSegmentIndex = 3;

const hosts = new WeakMap<Element, BuiltInHost>();

export function hostOf(element: Element): BuiltInHost | undefined {
  return hosts.get(element);
}

/** Properties that every component of WeChat has. */
const COMMON: Readonly<Record<string, Property>> = {
  hidden: Boolean,
  hoverClass: String,
  hoverStopPropagation: Boolean,
  hoverStartTime: Number,
  hoverStayTime: Number,
};

export function defineBuiltIn(space: glassEasel.ComponentSpace, builtIn: BuiltIn, phone: () => Phone): void {
  const properties = { ...COMMON, ...builtIn.properties };
  const reactions = new WeakMap<object, BuiltInReactions>();
  const definition = space.defineComponent({
    is: `phone/${builtIn.tag}`,
    properties: properties as Record<string, typeof String>,
    options: { dynamicSlots: false, multipleSlots: false },
    observers: Object.keys(properties).map((name) => ({
      fields: name,
      observer(this: glassEasel.GeneralComponent) {
        react(this, name, reactions.get(this));
      },
    })),
    lifetimes: {
      created(this: glassEasel.GeneralComponent) {
        const host = new BuiltInHost(this);
        hosts.set(host.element, host);
        const own = builtIn.setup?.(host, phone()) ?? {};
        reactions.set(this, own);
        for (const name of Object.keys(own.on ?? {})) react(this, name, own);
      },
      attached(this: glassEasel.GeneralComponent) {
        reactions.get(this)?.attached?.();
      },
      detached(this: glassEasel.GeneralComponent) {
        reactions.get(this)?.detached?.();
      },
    },
  });
  space.setGlobalUsingComponent(builtIn.tag, definition.general());
}

function react(
  component: glassEasel.GeneralComponent,
  name: string,
  reactions: BuiltInReactions | undefined,
): void {
  const value = (component.data as Record<string, unknown>)[name];
  if (name === 'hidden') {
    const element = elementOf(component);
    if (element) element.hidden = value === true;
  }
  (reactions?.on?.[name] as ((value: unknown) => void) | undefined)?.(value);
}

/** Shows a component's `hover-class` while it is pressed. */
export function pressable(host: BuiltInHost, fallback: string): void {
  const start = (): void => {
    const hoverClass = host.string('hoverClass') || fallback;
    if (hoverClass === 'none' || host.boolean('disabled')) return;
    host.component.setNodeClass(hoverClass, TEMPORARY_SEGMENT);
  };
  const end = (): void => {
    window.setTimeout(() => {
      host.component.setNodeClass('', TEMPORARY_SEGMENT);
    }, 70);
  };
  host.listen('touchstart', start);
  host.listen('touchend', end);
  host.listen('touchcancel', end);
}
