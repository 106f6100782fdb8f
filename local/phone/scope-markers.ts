/**
 * Placeholders in compiled component styles. The browser fills them in when a component registers, because
 * `styleIsolation` may be set in script and is unknown before.
 */

/** `.__SCOPE__button` → `.scope--button`, or `.button` where the component shares the page's styles. */
export const SCOPE_MARKER = '__SCOPE__';
/** `[wx-host="__HOST__"]`: the element that `:host` means. */
export const HOST_MARKER = '__HOST__';
