/** Choosing a list from a chat: the only place of WeChat where a phone can hand a file to a mini program. */
import { promised } from '../../platform/promised';
import { Cancelled } from '../../platform/problem';

export interface ChosenFile {
  readonly path: string;
  readonly name: string;
  readonly extension: 'csv' | 'xlsx';
}

/** @throws Cancelled, PlatformError privacy-refused, picture-unreadable for another kind of file */
export async function chooseRosterFile(): Promise<ChosenFile> {
  const { tempFiles } = await promised<WechatMiniprogram.ChooseMessageFileSuccessCallbackResult>((done) => {
    wx.chooseMessageFile({ count: 1, type: 'file', extension: ['csv', 'xlsx'], ...done });
  });
  const [file] = tempFiles;
  if (file === undefined) throw new Cancelled();
  return { path: file.path, name: file.name, extension: extensionOf(file.name) };
}

/** The cloud looks into the file itself; anything that is not called a workbook is sent as text. */
function extensionOf(name: string): 'csv' | 'xlsx' {
  return /\.xlsx$/i.test(name) ? 'xlsx' : 'csv';
}
