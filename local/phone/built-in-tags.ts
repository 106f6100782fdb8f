/**
 * The tags that WeChat itself provides and the browser phone draws.
 * One list for the builder (tag selectors, unknown tags) and the browser (which element to create):
 * a tag that is missing here fails the build with its name.
 */
export const BUILT_IN_TAGS = [
  'page',
  'view',
  'text',
  'image',
  'icon',
  'progress',
  'rich-text',
  'scroll-view',
  'swiper',
  'swiper-item',
  'cover-view',
  'cover-image',
  'movable-area',
  'movable-view',
  'button',
  'checkbox',
  'checkbox-group',
  'radio',
  'radio-group',
  'label',
  'form',
  'input',
  'textarea',
  'switch',
  'slider',
  'picker',
  'picker-view',
  'picker-view-column',
  'navigator',
  'camera',
  'canvas',
  'web-view',
  'page-meta',
  'navigation-bar',
  'root-portal',
] as const;

export type BuiltInTag = (typeof BUILT_IN_TAGS)[number];

/** Tags that the template compiler resolves itself; they never become elements. */
export const TEMPLATE_TAGS: ReadonlySet<string> = new Set([
  'block',
  'template',
  'import',
  'include',
  'slot',
  'wxs',
]);

const TAGS: ReadonlySet<string> = new Set(BUILT_IN_TAGS);

export function isBuiltInTag(tag: string): tag is BuiltInTag {
  return TAGS.has(tag);
}

/** Element name in the browser's document. The prefix keeps `<button>` and `<input>` from being HTML's own. */
export function elementNameOf(tag: BuiltInTag): string {
  return `wx-${tag}`;
}
