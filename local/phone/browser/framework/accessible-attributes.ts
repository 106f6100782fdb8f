/**
 * Passes `aria-*` and `role` from templates to the element that assistive technology sees, as WeChat does
 * (`aria-role` is its spelling of `role`). A role that can be operated becomes reachable by keyboard.
 */
import * as glassEasel from 'glass-easel';
import { elementOf } from './phone-backend';
import { isInteractiveRole } from './gestures';

/**
 * @param name as written in the template, with dashes
 * @returns false when the name is no accessibility attribute or the component has a property of that name
 */
export function setAttributeOnHost(node: glassEasel.Element, name: string, value: unknown): boolean {
  if (name !== 'role' && !name.startsWith('aria-') && name !== 'tab-index') return false;
  const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  if (glassEasel.Component.isComponent(node) && glassEasel.Component.hasProperty(node, camel)) return false;
  const element = elementOf(node);
  if (element) writeAttribute(element, name, value);
  return true;
}

function writeAttribute(element: HTMLElement, name: string, value: unknown): void {
  const target = name === 'aria-role' ? 'role' : name === 'tab-index' ? 'tabindex' : name;
  if (value === undefined || value === null || value === '') element.removeAttribute(target);
  else
    element.setAttribute(
      target,
      target.startsWith('aria-') ? prefixReferences(element, target, value) : text(value),
    );
  if (target === 'role') element.tabIndex = isInteractiveRole(element.getAttribute('role')) ? 0 : -1;
  if (target === 'role' && !isInteractiveRole(element.getAttribute('role')))
    element.removeAttribute('tabindex');
}

/** Ids in the document carry their owner's prefix (`<owner>--<id>`), so references must carry it too. */
function prefixReferences(element: HTMLElement, name: string, value: unknown): string {
  const plain = text(value);
  if (!['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns'].includes(name)) return plain;
  const node = (element as { __wxElement?: glassEasel.Element }).__wxElement;
  const owner = node?.ownerShadowRoot?.getHostNode() as { _$idPrefix?: string } | undefined;
  const prefix = owner?._$idPrefix;
  if (prefix === undefined || prefix === '') return plain;
  return plain
    .split(/\s+/)
    .map((id) => `${prefix}--${id}`)
    .join(' ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
