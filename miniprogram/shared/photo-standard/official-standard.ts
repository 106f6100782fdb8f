/**
 * The official photo standard as sourced data: each item says which document it comes from and how sure that is.
 * Everything that needs a number of the standard (overlay, hint, check, crop, help, report) reads it here.
 * Refuses to hold our own targets and tolerances: those are in `photo-standard.ts`.
 */

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `official`: wording of the document or several independent notices; `notices`: schools' and operators' notices. */
export type Confidence = 'official' | 'notices';

export interface SourcedItem<Value> {
  readonly value: Value;
  readonly document: string;
  readonly item: string;
  readonly readOn: string;
  readonly confidence: Confidence;
}

const STANDARD_2017 = '教毕指〔2017〕99号《高等教育学历证书电子注册图像采集规范及信息标准》';
const READ_ON = '2026-11-22';

function official<Value>(item: string, value: Value): SourcedItem<Value> {
  return { value, document: STANDARD_2017, item, readOn: READ_ON, confidence: 'official' };
}

function fromNotices<Value>(item: string, document: string, value: Value): SourcedItem<Value> {
  return { value, document, item, readOn: READ_ON, confidence: 'notices' };
}

export const OFFICIAL_STANDARD = {
  widthPx: official('图像尺寸 宽', 480),
  heightPx: official('图像尺寸 高', 640),
  densityDpi: official('分辨率', 300),
  bitsPerPixel: official('颜色 24 位真彩色', 24),
  jpegQualityAtLeast: official('压缩品质系数', 60),
  // The sources differ: 20–40 KB (standard), ≥ 30 KB (新华社), 30–60 KB or ≤ 40 KB (schools). Where one says KB
  // as 1000 and another as 1024 bytes, the inner bounds satisfy both: 30 × 1024 up to 40 × 1000.
  fileBytes: fromNotices('文件大小', '教毕指〔2017〕99号与新华社、各校通知的交集', {
    min: 30_720,
    max: 40_000,
  }),
  background: fromNotices('背景颜色', '各校采集通知（参考值 RGB(100,197,255)）', {
    red: 100,
    green: 197,
    blue: 255,
  }),
  hairTopPx: official('头顶发迹距上边沿', { min: 50, max: 110 }),
  eyesPx: official('眼睛所在位置距上边沿', { min: 200, max: 300 }),
  faceWidthPx: official('脸部宽度（两脸颊之间）', { min: 180, max: 300 }),
  allowedTransformations: official('禁止镜像、旋转及局部处理', ['crop', 'scale', 'background'] as const),
  glassesAllowed: official('常戴眼镜的考生应佩戴眼镜', true),
} as const;
