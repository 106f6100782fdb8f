/** After the yes: save the picture, follow its state, take it back while that is possible. */
export const DONE_WORDS = {
  picture: '你的标准毕业照',
  save: '保存到相册',
  saving: '正在保存…',
  saved: '已经保存到手机相册',
  savedAgain: '再保存一次',
  timelineTitle: '进度',
  nextTitle: '接下来',
  /** Comes first while the photo is under review, and is past afterwards. */
  nextInReview: '老师审核后，结果会显示在这里，不用重复提交。',
  next: [
    '送达后请登录学信网，在“图像校对”里核对照片是不是你本人。',
    '学信网显示“身份核验未通过”或“不确定”，不用紧张，打电话说明情况即可。',
  ],
  withdraw: '撤回这张照片',
  withdrawTitle: '撤回这张照片？',
  withdrawText: '撤回后照片不再提交，截止前要重新拍并确认。',
  withdrawYes: '撤回',
  withdrawNo: '不撤回',
  withdrawn: '已经撤回',
  retake: '看要求，重新拍',
  restart: '重新开始',
  home: '返回首页',
  notYetTitle: '照片还没有确认',
  notYetNext: '请先看看成品，满意再确认。',
  toReview: '去看照片',
  rejectedTitle: '老师请你重拍，原因是',
} as const;
