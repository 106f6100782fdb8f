/** What is stored about this person, and how to have it deleted. */

const DELETED = '原图、成品和检查结果都会删除，不能恢复。';

export const DATA_WORDS = {
  intro: '这里列出小程序保存的关于你的内容。',
  loading: '正在查看…',
  consentTitle: '我的同意',
  consents: '同意记录',
  consentCount: (count: number): string => (count === 0 ? '没有' : `${count} 条，收回也算`),
  consentState: '当前同意',
  consentGiven: (at: string): string => `${at} 同意`,
  consentNone: '目前没有同意',
  face: '人脸照片',
  faceGiven: '已单独同意使用人脸照片',
  faceNone: '没有同意使用人脸照片',
  submissions: '学籍与照片',
  none: '没有保存任何学籍和照片。',
  photos: (count: number): string => (count === 0 ? '没有照片' : `${count} 张照片（含原图和成品）`),
  unnamed: '一份学籍',
  delete: '删除这份学籍和照片',
  keep: '已确认的照片在办理毕业手续，暂时不能删除。还没有审核的，可以先在“我的毕业照”里撤回，再来删除；已经审核通过的，请打电话。',
  deleteTitle: '删除这份学籍和照片？',
  /** Whose it is stands in the text: WeChat cuts a long title. */
  deleteWhose: (name: string, text: string): string => `${name}：${text}`,
  deleteText: `${DELETED}截止前可以重新绑定、重新拍。`,
  deleteLimitedText: `${DELETED}截止前可以重新绑定；已经用掉的拍照次数不会退回，次数用完的，删除后就不能再拍。`,
  deleteCountedText: (left: number): string =>
    `${DELETED}截止前可以重新绑定；已经用掉的拍照次数不会退回，还可以拍 ${left} 次。`,
  deleteLastText: `${DELETED}拍照次数已用完，删除后就不能再拍；还需要照片的，请先打电话。`,
  deleteYes: '删除',
  deleteNo: '不删除',
  deleted: '已经删除',
  withdraw: '收回同意',
  withdrawTitle: '收回同意？',
  withdrawText:
    '收回后不能再拍照和确认。已确认、还没有打包的照片先不会上交，可能赶不上办理时间；再次同意后会照常上交。' +
    '已经打好的包不会改变，要拦下请马上打电话。' +
    '已保存的内容不会因为收回同意马上删除，到期才删除；没有确认的，可以在这里先删除。',
  withdrawYes: '收回',
  withdrawNo: '不收回',
  withdrawn: '已经收回同意',
  onPhone: '这台手机里',
  onPhoneText: '只临时保存还没传完的照片和上次看到的进度。',
  read: '重新看说明',
} as const;
