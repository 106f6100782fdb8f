/** The page's root element and the two components that configure it from inside: page-meta, navigation-bar. */
import { type WindowConfig } from '../../built-project';
import { type OpenPage } from '../framework/page-stack';
import { type Phone } from '../phone/phone';
import { type BuiltIn, type BuiltInHost, TEMPORARY_SEGMENT } from './define';

export const pageMeta: BuiltIn = {
  tag: 'page-meta',
  properties: {
    rootFontSize: String,
    pageStyle: String,
    backgroundColor: String,
    backgroundTextStyle: String,
    rootBackgroundColor: String,
    scrollTop: String,
    scrollDuration: Number,
    pageFontSize: String,
    pageOrientation: String,
  },
  setup(host, phone) {
    // The page is known only when everything is attached.
    const apply = (): void => {
      const page = pageOf(host, phone);
      if (!page) return;
      page.rootFontSize = host.string('rootFontSize');
      const style = [host.string('pageStyle')];
      if (host.string('pageFontSize') !== '') style.push(`font-size:${host.string('pageFontSize')}`);
      const background = host.string('backgroundColor') || host.string('rootBackgroundColor');
      if (background !== '') style.push(`background-color:${background}`);
      page.root.getComponent().setNodeStyle(style.join(';'), TEMPORARY_SEGMENT);
      phone.pages.changed();
    };
    return {
      attached: () => {
        window.setTimeout(apply);
      },
      on: {
        rootFontSize: apply,
        pageStyle: apply,
        backgroundColor: apply,
        rootBackgroundColor: apply,
        pageFontSize: apply,
        scrollTop: (value: string) => {
          const top = Number.parseFloat(value);
          if (Number.isFinite(top)) pageOf(host, phone)?.scroller.scrollTo({ top });
        },
      },
    };
  },
};

export const navigationBar: BuiltIn = {
  tag: 'navigation-bar',
  properties: { title: String, loading: Boolean, frontColor: String, backgroundColor: String },
  setup(host, phone) {
    const apply = (): void => {
      const page = pageOf(host, phone);
      if (!page) return;
      const title = host.string('title');
      const background = host.string('backgroundColor');
      const front = host.string('frontColor');
      const changes: WindowConfig = {
        ...(title !== '' && { navigationBarTitleText: title }),
        ...(background !== '' && { navigationBarBackgroundColor: background }),
        ...(front !== '' && { navigationBarTextStyle: front === '#ffffff' ? 'white' : 'black' }),
      };
      page.window = { ...page.window, ...changes };
      page.loading = host.boolean('loading');
      phone.pages.changed();
    };
    return {
      attached: () => {
        window.setTimeout(apply);
      },
      on: { title: apply, loading: apply, frontColor: apply, backgroundColor: apply },
    };
  },
};

function pageOf(host: BuiltInHost, phone: Phone): OpenPage | undefined {
  const element = host.element.closest('.phone-page');
  return phone.pages.pages.find((page) => page.host === element);
}
