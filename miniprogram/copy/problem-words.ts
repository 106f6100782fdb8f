/** One title and one next step for everything that can go wrong on the phone itself. Complete by type. */
import { SentFile } from './error-words';
import { listMissing } from './operator-error-words';
import { Words } from './words';
import { Problem } from '../shared/failure';

export const PROBLEM_WORDS: Record<Problem, Words> = {
  offline: { title: '网络断开了', next: '请检查网络，连上后再试；你已经做好的都保存着。' },
  'timed-out': { title: '网络有点慢', next: '请换个信号好的地方再试；你已经做好的都保存着。' },
  'server-trouble': { title: '服务暂时繁忙', next: '你已经做好的都保存着，请过几分钟再试。' },
  'privacy-refused': {
    title: '需要你同意隐私保护指引',
    next: '微信要求先同意，才能继续这一步。请过十秒再点一次，看一遍指引后选“同意”。',
  },
  'camera-refused': {
    title: '相机还没有打开权限',
    next: '请点“打开设置”，打开“摄像头”，再回到这里就能拍。',
  },
  'camera-unavailable': {
    title: '相机暂时打不开',
    next: '请关掉正在用相机的其他应用（如视频通话），再点“再试一次”；还不行，请在手机系统设置里允许微信使用相机。',
  },
  'album-refused': {
    title: '还没有保存到相册的权限',
    next: '请点“打开设置”，打开“添加到相册”，回来再点一次保存；已经打开还不行，请在手机系统设置里允许微信使用相册。',
  },
  'picture-unreadable': { title: '这张图片打不开', next: '请换一张图片再试。' },
  'storage-full': { title: '手机存储空间不够了', next: '请清理一些空间，再回来继续。' },
  'file-lost': { title: '手机里的照片被清理了', next: '请重新拍一张，其他内容都还在。' },
  unsupported: { title: '当前微信版本太旧', next: '请把微信更新到最新版本，再打开小程序。' },
  unexpected: { title: '这一步没有成功', next: '请再试一次；还不行，请关闭小程序后重新打开。' },
};

// A photo that was just taken is not exchanged for another one, only taken again.
const PHOTO_UNREADABLE: Words = { title: '刚才那张没有存好', next: '请点“再试一次”，重新拍一张。' };

/** @param sent what cannot be opened or is gone, where the page is about a file */
export function problemWords(problem: Problem, sent?: SentFile): Words {
  if (problem === 'picture-unreadable' && sent === 'person') return PHOTO_UNREADABLE;
  return problem === 'file-lost' && sent === 'list' ? listMissing({}) : PROBLEM_WORDS[problem];
}
