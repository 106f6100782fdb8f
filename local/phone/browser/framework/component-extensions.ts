/** Methods that WeChat gives every page and component and the framework's adapter does not. */
import type * as glassEasel from 'glass-easel';
import { component } from 'glass-easel-miniprogram-adapter';
import { type Phone } from '../phone/phone';
import { elementOf } from './phone-backend';
import { SelectorQuery } from './selector-query';

export function extendComponents(phone: Phone): void {
  const scrollerOf: ConstructorParameters<typeof SelectorQuery>[1] = (node) => {
    const element = elementOf(node) ?? elementOf(node.getShadowRoot() ?? node);
    const host = element?.closest('.phone-page');
    return phone.pages.pages.find((page) => page.host === host)?.scroller ?? phone.pages.top?.scroller;
  };
  Object.assign(component.ComponentCaller.prototype, {
    createSelectorQuery(this: component.GeneralComponent) {
      return new SelectorQuery(this._$ as glassEasel.GeneralComponent, scrollerOf);
    },
    getPageId(this: component.GeneralComponent) {
      return `pageId:${String(phone.pages.pages.length)}`;
    },
    getTabBar: () => null,
    setUpdatePerformanceListener: () => undefined,
  });
}
