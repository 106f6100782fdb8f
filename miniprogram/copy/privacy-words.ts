/** WeChat's own privacy authorisation, wherever an interface that it protects is about to be used. */
export const PRIVACY_WORDS = {
  title: '使用前，请先确认',
  text: '微信要求小程序先取得你的同意，才能用相机、读取你选的图片或文件、把照片存到相册、复制文字。',
  guideline: (name: string): string => `查看${name}`,
  guidelineName: '《用户隐私保护指引》',
  agree: '同意',
  refuse: '暂不同意',
} as const;
