/** The card that goes into a chat: the first page, with the school's name where it is known. */
import { SHARE_WORDS } from '../copy/app-words';

export interface ShareCard {
  readonly title: string;
  readonly path: string;
  readonly imageUrl: string;
}

export function shareCard(schoolName: string | null): ShareCard {
  const title = schoolName === null ? SHARE_WORDS.title : SHARE_WORDS.titleOf(schoolName);
  return { title, path: '/pages/home/home', imageUrl: '/images/share.png' };
}
