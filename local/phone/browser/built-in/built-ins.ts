/** All built-in components, in one list that must cover every built-in tag. */
import type * as glassEasel from 'glass-easel';
import { BUILT_IN_TAGS, type BuiltInTag } from '../../built-in-tags';
import { type Phone } from '../phone/phone';
import * as basic from './basic';
import { camera } from './camera';
import { canvas } from './canvas';
import { type BuiltIn, defineBuiltIn } from './define';
import * as form from './form';
import * as navigation from './navigation';
import * as page from './page';
import * as textInput from './text-input';

/** `page` is the root element itself, no component. */
const BUILT_INS: Readonly<Record<Exclude<BuiltInTag, 'page'>, BuiltIn>> = {
  view: basic.view,
  text: basic.text,
  image: basic.image,
  icon: basic.icon,
  progress: basic.progress,
  'rich-text': basic.richText,
  'scroll-view': basic.scrollView,
  swiper: navigation.swiper,
  'swiper-item': navigation.swiperItem,
  'cover-view': basic.coverView,
  'cover-image': basic.coverImage,
  'movable-area': basic.movableArea,
  'movable-view': basic.movableView,
  button: form.button,
  checkbox: form.checkbox,
  'checkbox-group': form.checkboxGroup,
  radio: form.radio,
  'radio-group': form.radioGroup,
  label: form.label,
  form: form.form,
  input: textInput.input,
  textarea: textInput.textarea,
  switch: form.switchControl,
  slider: form.slider,
  picker: navigation.picker,
  'picker-view': navigation.pickerView,
  'picker-view-column': navigation.pickerViewColumn,
  navigator: navigation.navigator,
  camera,
  canvas,
  'web-view': basic.webView,
  'page-meta': page.pageMeta,
  'navigation-bar': page.navigationBar,
  'root-portal': basic.rootPortal,
};

/** @param phone is asked for when a component is created, not before */
export function defineBuiltIns(space: glassEasel.ComponentSpace, phone: () => Phone): void {
  for (const tag of BUILT_IN_TAGS) {
    if (tag !== 'page') defineBuiltIn(space, BUILT_INS[tag], phone);
  }
}
