/**
 * The consent page in plain words: purpose, what is stored, how long, who sees it, and the separate agreement to the
 * use of the face photo that the law asks for (个人信息保护法 art. 29; 人脸识别技术应用安全管理办法, 2025-06-01).
 * Raise CONSENT_VERSION in the kernel whenever the substance here changes; the tests hold the two together.
 */
import { CONSENT_VERSION } from '../shared/contract/student';

/** The version of this wording. A change of the kernel's version alone does not compile. */
export const CONSENT_TEXT_VERSION: typeof CONSENT_VERSION = '2026-12';

export interface ConsentSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

export const CONSENT_SECTIONS: readonly ConsentSection[] = [
  {
    heading: '为什么要用',
    lines: ['只为制作并报送你的学历证书电子注册照片，不做别的用途，不做人脸识别登录或比对。'],
  },
  {
    heading: '会保存什么',
    lines: [
      '采集码里的信息：院校、层次、年级、学制、学习形式、学号，以及打码的姓名；还有微信给小程序的用户标识。',
      '学校导入了名单的，还有名单里的专业、函授站、班级、毕业日期和姓名（一般打码，学校可以选择保存全名）。',
      '你拍的原图、按标准裁好换底的成品，以及检查结果和时间。',
      '证件号后四位只用来核对采集码，核对完不保存。',
    ],
  },
  {
    heading: '谁能看到',
    lines: [
      '你自己、学校和函授站（教学点）负责的老师、采集单位的审核人员，最后报送学信网。不会公开，也不会交给其他人。',
    ],
  },
  {
    heading: '保存多久',
    lines: [
      '没有确认、已撤回或被退回的：采集截止后再留一段时间（一般 30 天；截止以后才退回的，从退回那天算），照片和采集码里的信息到期自动删除；你也可以随时自己删除。',
      '已经确认的：原图和没有用的其他照片，审核通过后再留一段时间（一般 180 天），到期自动删除。成品、名单和其他信息，在报送完成、用途结束后，按采集单位与学校约定的期限删除（一般是截止后 365 天）。',
      '审核通过的照片会打包交给学校或报送学信网。系统里的打包文件再留一段时间（一般 14 天），到期自动删除；在这之前，已打好的包不会因为你删除照片或收回同意而改变。',
      '同意和收回同意的记录（微信的用户标识和时间），以及不写姓名学号的操作记录，不随照片删除，作为凭据保留。',
    ],
  },
  {
    heading: '你可以',
    lines: [
      '在“我的数据”里查看、删除，或收回同意。',
      '选择不同意。什么都不会丢，可以改去学校或采集点现场拍照。',
    ],
  },
];

export const CONSENT_WORDS = {
  intro: '拍照前，请用一分钟看看照片会怎样使用。',
  general: '我已看懂上面的说明，同意为办理毕业照使用这些信息',
  facePhoto: '我单独同意：拍摄、上传和保存我的人脸照片，用于学历证书电子注册',
  facePhotoRemark: '人脸照片属于敏感个人信息，需要你单独同意。',
  agree: '同意并继续',
  missingGeneral: '请先勾选第一项，再继续',
  missingFacePhoto: '请先勾选第二项，再继续；不想勾选可以点“暂不同意”',
  refuse: '暂不同意',
  refusedTitle: '没关系，随时可以再来',
  refusedNext:
    '没有你的同意，不会再保存新的内容。你可以到学校或采集点现场拍照，地点和时间请打电话问；改变主意时，从首页再进来就可以。',
  guideline: '查看《用户隐私保护指引》',
  renewed: '说明有更新，请再看一遍。之前的照片和进度都在。',
  again: '再次同意',
  heldBackTitle: '你收回了同意',
  heldBackNext: '照片先不上交，可能赶不上办理时间；要办理毕业，请再次同意。',
  given: '你已经同意了这份说明',
  back: '返回',
  withdrawHint: '要收回同意，请到“我的数据”。',
} as const;
