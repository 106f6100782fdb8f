/** The questions that people really ask, each answered with what to do. Numbers of the standard come from the kernel. */
import { OFFICIAL_STANDARD } from '../shared/photo-standard/official-standard';

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly answer: readonly string[];
}

export interface HelpSection {
  readonly heading: string;
  readonly questions: readonly Question[];
}

const { widthPx, heightPx, fileBytes } = OFFICIAL_STANDARD;

export const HELP_WORDS = {
  lead: '点开问题看做法。没有解决，请打电话，老师会帮你。',
  noTelephone: '请联系学校或函授站老师。',
  staff: '工作人员入口',
} as const;

export const HELP_SECTIONS: readonly HelpSection[] = [
  {
    heading: '采集码',
    questions: [
      {
        id: 'where',
        question: '图像采集码在哪里？',
        answer: [
          '登录学信档案（学信网公众号、App 或网站）→ 高等教育信息 → 学籍 → 查看图像采集码。',
          '长按二维码选“保存图片”，或用另一台手机打开、直接扫。',
        ],
      },
      {
        id: 'unreadable',
        question: '采集码图片读不出来怎么办？',
        answer: [
          '截图可能太小或被压缩，请长按二维码选“保存图片”再选。',
          '也可以在电脑或另一台手机上打开采集码，用“扫描采集码”直接扫。',
          '屏幕调亮、不要反光，二维码四周留一点白边。',
        ],
      },
      {
        id: 'tail',
        question: '证件号后四位怎么填？',
        answer: [
          '填学籍里登记的证件号最后四位，末位 X 也要填；港澳证件不填括号。输错几次会锁一会儿，过后再试。',
        ],
      },
      {
        id: 'two',
        question: '我有两份学籍，选哪个码？',
        answer: [
          '专科、本科各有一个采集码。绑定前会显示院校、层次和学号，请选这次要毕业的那一份。两份都要拍，就各绑一次。',
        ],
      },
      {
        id: 'bound',
        question: '提示已在另一个微信号绑定？',
        answer: ['请用当时绑定的微信打开。换了微信号或不是你绑的，请打电话，老师核对后可以解除。'],
      },
    ],
  },
  {
    heading: '拍照',
    questions: [
      {
        id: 'camera',
        question: '相机打不开，或提示没有权限？',
        answer: [
          '之前点过“拒绝”也没关系：点“打开设置”，打开“摄像头”，回来就能拍。',
          '也可以点右上角 ··· → 设置 → 摄像头 → 允许。',
          '还不行，请在手机系统设置里允许微信使用相机。',
        ],
      },
      {
        id: 'album',
        question: '可以用相册里的照片吗？',
        answer: ['不可以。按规定要用手机现场拍，不能用旧照片、翻拍或美颜。相册只用来选采集码图片。'],
      },
      {
        id: 'selfie',
        question: '一个人能拍吗？',
        answer: ['能。把手机架在和眼睛同高的地方，用定时。有人帮忙、用后置相机拍得更清楚。'],
      },
      {
        id: 'background',
        question: '需要蓝色背景吗？',
        answer: ['不需要，系统会换成标准底色。空的浅色墙最好，离墙一步远，头发和衣服别和墙一个颜色。'],
      },
      {
        id: 'clothes',
        question: '穿什么衣服？',
        answer: [
          '深色、有领、素色的上衣。不穿和底色相近的颜色（底色是蓝的，不穿浅蓝）、条纹、吊带、低领、连帽衣。',
        ],
      },
      {
        id: 'glasses',
        question: '可以戴眼镜吗？',
        answer: [
          '多数学校可以：镜片不反光、不带颜色，镜框不挡眼睛。本批次的要求写在“拍照要求”里。不戴美瞳。',
        ],
      },
      {
        id: 'again',
        question: '总是提示重拍怎么办？',
        answer: [
          '看检查结果里标“要调整”的那几项，先改光线：面向窗户，别背对着光。请人帮忙拿手机。还不行请打电话。',
        ],
      },
      {
        id: 'body',
        question: '身体原因或头巾做不到某一项？',
        answer: [
          '不用一直拍。拍过三次后请打电话说明，老师看过照片，可以为你放宽这一项，你再拍一张就行。',
          '头和双肩的大小、位置不能放宽，请老师约你到现场拍。',
        ],
      },
      {
        id: 'standard',
        question: '照片的标准是什么？',
        answer: [
          `${widthPx.value}×${heightPx.value} 像素、JPG，出自${widthPx.document}。`,
          `文件一般 ${Math.floor(fileBytes.value.min / 1024)}–${Math.round(fileBytes.value.max / 1000)} KB，以学校的要求为准。`,
          '系统会自动裁好、换好底色，你不用自己处理。',
        ],
      },
    ],
  },
  {
    heading: '确认之后',
    questions: [
      {
        id: 'station',
        question: '在站点拍的照片，怎么在自己的手机上看？',
        answer: [
          '用自己的微信扫同一个采集码，输入证件号后四位，照片就转到你的微信里，可以看结果、保存。',
          '采集截止以后也可以：在首页点“在站点拍过？扫码看照片”。',
        ],
      },
      {
        id: 'change',
        question: '确认之后还能换照片吗？',
        answer: ['审核之前可以在“我的毕业照”里撤回重拍。审核通过后不能自己换，需要时请打电话。'],
      },
      {
        id: 'rejected',
        question: '被退回了怎么办？',
        answer: ['首页会写明原因和怎么改，照着再拍一张、再确认即可，不用重新绑定。'],
      },
      {
        id: 'chsi',
        question: '学信网什么时候能看到？',
        answer: [
          '报送后学信网需要时间处理。看到照片后请在学信网做“图像校对”。',
          '显示“身份核验未通过”“不确定”“异常”时，请打电话，由老师协助核实。',
        ],
      },
      {
        id: 'late',
        question: '错过截止时间怎么办？',
        answer: ['没有照片会影响正常毕业，请马上打电话，问能不能补拍或去现场拍。'],
      },
    ],
  },
  {
    heading: '手机和隐私',
    questions: [
      {
        id: 'network',
        question: '上传一半没网了？',
        answer: ['照片留在手机里，连上网会接着传；关掉微信再打开，首页也有“继续上传”。'],
      },
      {
        id: 'other-phone',
        question: '可以换一台手机继续吗？',
        answer: ['可以。用同一个微信号登录，进度都在；只有没传完的照片留在原来那台手机里。'],
      },
      {
        id: 'privacy',
        question: '我的照片给谁看？能删除吗？',
        answer: [
          '只用于学历证书电子注册。你自己、学校和函授站（教学点）负责的老师、采集单位的审核人员能看到，最后报送学信网。',
          '在“我的数据”里可以查看、删除、收回同意。',
        ],
      },
    ],
  },
];
