/** Releasing a binding: the code is on an account that the student lost or never had. */
export const RELEASE_WORDS = {
  intro:
    '学生换了微信号，或采集码被别人绑了，在这里解除。请先核对是学生本人：当面看证件，或打学校登记的电话。',
  studentNumber: '学号',
  studentNumberPlaceholder: '照抄学校给的学号',
  needNumber: '请写学号',
  over: '采集已经截止',
  overNext: '现在解除，照片会删除，学生也不能重新绑定。请先延期，再解除。',
  send: '解除绑定',
  sending: '正在保存…',
  askTitle: '已经核对是本人？',
  askText: (studentNumber: string): string =>
    `学号 ${studentNumber} 在这一批里已拍的照片会删除，找不回来。学生要重新绑定、重新拍。`,
  askYes: '解除',
  askNo: '先不',
  done: (studentNumber: string): string => `学号 ${studentNumber} 已解除绑定`,
  doneNext: '请学生用现在的微信重新扫采集码绑定。',
} as const;
