/** The controls beside the phone: plain HTML controls that show the phone's state and change it. */
import { type PhoneHooks } from '../phone/phone-hooks';

export type Options = readonly (readonly [label: string, value: string])[];

export interface Control {
  readonly element: HTMLElement;
  /** Shows what the phone says now. */
  sync(phone: PhoneHooks): void;
}

export function heading(text: string): Control {
  const element = document.createElement('h2');
  element.textContent = text;
  return { element, sync: () => undefined };
}

/** @param current what the phone has; without it the choice belongs to the frame alone */
export function choice(
  name: string,
  options: Options,
  choose: (value: string) => void,
  current?: (phone: PhoneHooks) => string,
): Control & { readonly select: HTMLSelectElement } {
  const element = document.createElement('label');
  const select = document.createElement('select');
  for (const [text, value] of options) select.append(new Option(text, value));
  select.addEventListener('change', () => {
    choose(select.value);
  });
  element.append(name, select);
  return {
    element,
    select,
    sync: (phone) => {
      if (current) select.value = current(phone);
    },
  };
}

/** Takes a picture file from the computer. */
export function upload(name: string, use: (address: string) => void): Control {
  const element = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) use(URL.createObjectURL(file));
  });
  element.append(name, input);
  return { element, sync: () => undefined };
}

export function actions(entries: readonly (readonly [text: string, act: () => void])[]): Control {
  const element = document.createElement('div');
  element.className = 'row';
  for (const [text, act] of entries) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.addEventListener('click', act);
    element.append(button);
  }
  return { element, sync: () => undefined };
}

/** The phone's album; a picture downloads when it is clicked. */
export function album(): Control {
  const element = document.createElement('div');
  element.className = 'album';
  let shown = 0;
  return {
    element,
    sync: (phone) => {
      if (phone.album.length === shown) return;
      shown = phone.album.length;
      element.replaceChildren(...phone.album.map(({ name, blob }) => downloadLink(name, blob)));
    },
  };
}

/** What the mini program did that no picture shows. */
export function callLog(length: number): Control {
  const element = document.createElement('ol');
  element.className = 'log';
  return {
    element,
    sync: (phone) => {
      const items = phone.log.slice(-length).map(({ name, detail }) => {
        const item = document.createElement('li');
        item.textContent = `${name} ${detail}`;
        return item;
      });
      element.replaceChildren(...items);
    },
  };
}

function downloadLink(name: string, blob: Blob): HTMLElement {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  const image = document.createElement('img');
  image.src = link.href;
  image.alt = `下载 ${name}`;
  link.append(image);
  return link;
}
