/**
 * Makes WeChat's touch events out of the browser's: touchstart … touchend, tap, longpress, with `touches`
 * in page coordinates. A tap is the browser's own click, so mouse, finger, keyboard and screen readers all
 * produce it. Refuses to invent gestures that no input made.
 */

/** A touch as mini program code sees it; distances in px from the page's top left corner. */
export interface PageTouch {
  readonly identifier: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly pageX: number;
  readonly pageY: number;
  readonly force: number;
}

export interface Gesture {
  readonly type: string;
  readonly target: Element;
  readonly original: Event;
  readonly detail: object;
  readonly touches: readonly PageTouch[];
  readonly changedTouches: readonly PageTouch[];
}

/** @returns whether a listener handled it (a handled long press suppresses the tap) */
export type GestureListener = (gesture: Gesture) => boolean;

/** WeChat: longer than 350 ms is a long press; the same figure stands in its event reference. */
const LONG_PRESS_MS = 350;
/** A finger that moves further than this no longer taps (as in glass-easel's own browser backend). */
const TAP_DISTANCE = 10;

const INTERACTIVE_ROLES = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'option',
  'combobox',
]);

export function isInteractiveRole(role: string | null): boolean {
  return role !== null && INTERACTIVE_ROLES.has(role);
}

interface Press {
  readonly x: number;
  readonly y: number;
  readonly timer: number;
  moved: boolean;
  long: boolean;
}

/** @param origin where the current page's coordinates start, in the window */
export function listenForGestures(
  root: HTMLElement,
  origin: () => { readonly left: number; readonly top: number; readonly scrollTop: number },
  emit: GestureListener,
): void {
  let press: Press | undefined;
  let suppressClick = false;

  const toTouch = (point: { clientX: number; clientY: number }, identifier: number): PageTouch => {
    const { left, top, scrollTop } = origin();
    const clientX = point.clientX - left;
    const clientY = point.clientY - top;
    return { identifier, clientX, clientY, pageX: clientX, pageY: clientY + scrollTop, force: 1 };
  };

  const begin = (original: Event, target: Element, touch: PageTouch): void => {
    const timer = window.setTimeout(() => {
      if (!press || press.moved) return;
      press.long = true;
      const at = { x: touch.pageX, y: touch.pageY };
      const common = { target, original, detail: at, touches: [touch], changedTouches: [touch] };
      const handled = emit({ type: 'longpress', ...common });
      emit({ type: 'longtap', ...common });
      suppressClick ||= handled;
    }, LONG_PRESS_MS);
    suppressClick = false;
    press = { x: touch.clientX, y: touch.clientY, timer, moved: false, long: false };
  };
  const follow = (touch: PageTouch): void => {
    if (!press) return;
    if (Math.hypot(touch.clientX - press.x, touch.clientY - press.y) <= TAP_DISTANCE) return;
    press.moved = true;
    window.clearTimeout(press.timer);
  };
  const end = (): void => {
    if (!press) return;
    window.clearTimeout(press.timer);
    if (press.moved) suppressClick = true;
    press = undefined;
  };

  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) {
    root.addEventListener(
      type,
      (event) => {
        if (!(event.target instanceof Element)) return;
        const touches = [...event.touches].map((touch) => toTouch(touch, touch.identifier));
        const changedTouches = [...event.changedTouches].map((touch) => toTouch(touch, touch.identifier));
        const first = changedTouches[0];
        if (type === 'touchstart' && first) begin(event, event.target, first);
        if (type === 'touchmove' && first) follow(first);
        emit({ type, target: event.target, original: event, detail: {}, touches, changedTouches });
        if (type === 'touchend' || type === 'touchcancel') end();
      },
      { passive: true },
    );
  }

  let mouseTarget: Element | undefined;
  const fromMouse = (type: string, event: PointerEvent, target: Element): void => {
    const touch = toTouch(event, 0);
    const touches = type === 'touchend' ? [] : [touch];
    emit({ type, target, original: event, detail: {}, touches, changedTouches: [touch] });
  };
  root.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || !(event.target instanceof Element)) return;
    mouseTarget = event.target;
    begin(event, mouseTarget, toTouch(event, 0));
    fromMouse('touchstart', event, mouseTarget);
  });
  window.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'mouse' || !mouseTarget) return;
    follow(toTouch(event, 0));
    fromMouse('touchmove', event, mouseTarget);
  });
  window.addEventListener('pointerup', (event) => {
    if (event.pointerType !== 'mouse' || !mouseTarget) return;
    fromMouse('touchend', event, mouseTarget);
    mouseTarget = undefined;
    end();
  });

  root.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    // detail 0: keyboard, screen reader or script; those never follow a drag
    const suppressed = suppressClick && event.detail !== 0;
    suppressClick = false;
    if (suppressed || event.target.closest('[aria-disabled="true"][role="button"]')) return;
    const touch = toTouch(event, 0);
    const detail = { x: touch.pageX, y: touch.pageY };
    emit({
      type: 'tap',
      target: event.target,
      original: event,
      detail,
      touches: [],
      changedTouches: [touch],
    });
  });

  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const target = event.target;
    if (!(target instanceof HTMLElement) || !isInteractiveRole(target.getAttribute('role'))) return;
    event.preventDefault();
    if (!event.repeat) target.click();
  });
}
