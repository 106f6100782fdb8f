/**
 * Connects glass-easel to the phone's document: element names, inline lengths, and events.
 * The framework's own browser backend supplies everything else. It refuses event names that neither the
 * phone nor a built-in component makes: listeners for those wait for `triggerEvent`.
 */
import * as glassEasel from 'glass-easel';
import { elementNameOf, isBuiltInTag } from '../../built-in-tags';
import { translateLengths } from '../../lengths';
import { type Gesture } from './gestures';

/** DOM events that mini program code may listen to on any element. */
const PASSED_ON = new Set(['transitionend', 'animationstart', 'animationiteration', 'animationend']);

/** Built-in components create HTML's own elements under this prefix, which is cut off. */
export const HTML_PREFIX = 'html-';

type FrameworkElement = glassEasel.Element;

interface ElementWithNode extends Element {
  __wxElement?: FrameworkElement;
}

export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly longPressable = new WeakSet<Element>();
  private readonly passing = new WeakMap<Element, Set<string>>();

  constructor() {
    super();
    // glass-easel asks its context for elements; this is the one place to give them other names.
    this.document = {
      createElement: (tag: string) => createElement(tag),
      createTextNode: (content: string) => document.createTextNode(content),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as glassEasel.CurrentWindowBackendContext['document'];
  }

  /** Own gestures replace the framework's; see `dispatch`. */
  override onEvent(): void {
    /* the phone calls `dispatch` itself */
  }

  override setListenerStats(element: glassEasel.domlikeBackend.Element, type: string): void {
    const target = element as unknown as Element;
    if (type === 'longpress' || type === 'longtap') this.longPressable.add(target);
    if (!PASSED_ON.has(type)) return;
    const known = this.passing.get(target) ?? new Set();
    if (known.has(type)) return;
    this.passing.set(target, known.add(type));
    target.addEventListener(type, (event) => {
      if (event.target !== target) return;
      nodeOf(target)?.triggerEvent(type, {}, { bubbles: true, composed: true });
    });
  }

  /** Sends a gesture into the component tree. @returns whether a long press had a listener on its way */
  dispatch(gesture: Gesture): boolean {
    const node = nearestNode(gesture.target);
    if (!node) return false;
    glassEasel.triggerEvent(node, gesture.type, gesture.detail, {
      bubbles: true,
      composed: true,
      capturePhase: true,
      originalEvent: gesture.original,
      extraFields: { touches: gesture.touches, changedTouches: gesture.changedTouches },
    });
    if (gesture.type !== 'longpress') return false;
    for (let at: Element | null = gesture.target; at; at = at.parentElement) {
      if (this.longPressable.has(at)) return true;
    }
    return false;
  }
}

/** The framework's node of a DOM element, if it has one of its own. */
export function nodeOf(element: Element): FrameworkElement | undefined {
  return (element as ElementWithNode).__wxElement;
}

export function nearestNode(element: Element): FrameworkElement | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const node = nodeOf(at);
    if (node) return node;
  }
  return undefined;
}

/** The DOM element of a framework node; virtual hosts have none. */
export function elementOf(node: glassEasel.Element): HTMLElement | null {
  return node.getBackendElement() as unknown as HTMLElement | null;
}

function createElement(tag: string): Element {
  if (tag.startsWith(HTML_PREFIX)) return document.createElement(tag.slice(HTML_PREFIX.length));
  const element = document.createElement(isBuiltInTag(tag) ? elementNameOf(tag) : tag);
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (name: string, value: string) => {
    setAttribute(name, name === 'style' ? translateLengths(value) : value);
  };
  return element;
}
