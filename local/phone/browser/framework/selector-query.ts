/**
 * `createSelectorQuery` with the fields that WeChat has and the framework's adapter lacks: `node` (canvas),
 * computed styles, and rectangles measured from the page's corner instead of the window's.
 */
import type * as glassEasel from 'glass-easel';
import { hostOf } from '../built-in/define';
import { elementOf } from './phone-backend';

interface Fields {
  readonly id?: boolean;
  readonly dataset?: boolean;
  readonly mark?: boolean;
  readonly rect?: boolean;
  readonly size?: boolean;
  readonly scrollOffset?: boolean;
  readonly properties?: readonly string[];
  readonly computedStyle?: readonly string[];
  readonly context?: boolean;
  readonly node?: boolean;
}

type Result = Record<string, unknown>;
type Done = (result: Result | Result[] | null) => void;

/** The component that a query looks into: what scripts hold (`this`) or the framework's own. */
interface Caller {
  readonly _$: glassEasel.GeneralComponent;
}

interface Request {
  readonly component: glassEasel.GeneralComponent;
  readonly selector: string | undefined;
  readonly all: boolean;
  readonly fields: Fields;
  readonly done: Done | undefined;
}

/** @param viewport the scroller of the page that is measured */
export class SelectorQuery {
  private readonly requests: Request[] = [];

  constructor(
    private component: glassEasel.GeneralComponent,
    private readonly viewport: (component: glassEasel.GeneralComponent) => HTMLElement | undefined,
  ) {}

  in(caller: Caller): this {
    this.component = caller._$;
    return this;
  }

  select(selector: string): NodesReference {
    return new NodesReference((fields, done) => this.add(selector, false, fields, done));
  }

  selectAll(selector: string): NodesReference {
    return new NodesReference((fields, done) => this.add(selector, true, fields, done));
  }

  selectViewport(): NodesReference {
    return new NodesReference((fields, done) => this.add(undefined, false, fields, done));
  }

  exec(done?: (results: unknown[]) => void): this {
    const requests = this.requests.splice(0);
    window.setTimeout(() => {
      const results = requests.map((request) => {
        const result = this.run(request);
        request.done?.(result);
        return result;
      });
      done?.(results);
    });
    return this;
  }

  private add(selector: string | undefined, all: boolean, fields: Fields, done: Done | undefined): this {
    this.requests.push({ component: this.component, selector, all, fields, done });
    return this;
  }

  private run({ component, selector, all, fields }: Request): Result | Result[] | null {
    const viewport = this.viewport(component);
    if (selector === undefined) return viewport ? measure(viewport, fields, viewport) : null;
    const root = component.getShadowRoot();
    const nodes = root ? root.querySelectorAll(selector) : [];
    const results = nodes.map((node) => measureNode(node, fields, viewport));
    return all ? results : (results[0] ?? null);
  }
}

class NodesReference {
  constructor(private readonly add: (fields: Fields, done: Done | undefined) => SelectorQuery) {}

  fields(fields: Fields, done?: Done): SelectorQuery {
    return this.add(fields, done);
  }

  boundingClientRect(done?: Done): SelectorQuery {
    return this.add({ id: true, dataset: true, rect: true, size: true }, done);
  }

  scrollOffset(done?: Done): SelectorQuery {
    return this.add({ id: true, dataset: true, scrollOffset: true }, done);
  }

  context(done?: Done): SelectorQuery {
    return this.add({ context: true }, done);
  }

  node(done?: Done): SelectorQuery {
    return this.add({ node: true }, done);
  }
}

function measureNode(node: glassEasel.Element, fields: Fields, viewport: HTMLElement | undefined): Result {
  const result: Result = {};
  if (fields.id === true) result['id'] = node.id;
  if (fields.dataset === true) result['dataset'] = node.dataset;
  if (fields.mark === true) result['mark'] = node.collectMarks();
  const element = elementOf(node);
  if (element) Object.assign(result, measure(element, fields, viewport));
  return result;
}

function measure(element: HTMLElement, fields: Fields, viewport: HTMLElement | undefined): Result {
  const result: Result = {};
  const box = element.getBoundingClientRect();
  const origin = viewport?.getBoundingClientRect() ?? { left: 0, top: 0 };
  if (fields.rect === true) {
    result['left'] = box.left - origin.left;
    result['top'] = box.top - origin.top;
    result['right'] = box.right - origin.left;
    result['bottom'] = box.bottom - origin.top;
  }
  if (fields.size === true) {
    result['width'] = box.width;
    result['height'] = box.height;
  }
  if (fields.scrollOffset === true) {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = element;
    Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight });
  }
  const host = hostOf(element);
  for (const name of fields.properties ?? []) result[name] = host?.value(name);
  const style = getComputedStyle(element);
  for (const name of fields.computedStyle ?? []) {
    result[name] = style.getPropertyValue(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  }
  if (fields.node === true) result['node'] = element.querySelector('canvas') ?? undefined;
  return result;
}
