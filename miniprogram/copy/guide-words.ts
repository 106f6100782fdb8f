/**
 * The rules of dress, light and pose as short cards, drawn right and wrong. From the operator's notice and
 * the official standard; glasses and colours of clothes follow the batch.
 */
import { Rgb } from '../shared/photo-standard/official-standard';
import { GlassesPolicy, PhotoSettings } from '../shared/photo-standard/photo-standard';
import { coloursNear } from './background-words';

export interface GuidePicture {
  readonly kind: 'right' | 'wrong';
  readonly source: string;
  readonly caption: string;
  /** What the drawing shows, for people who cannot see it. */
  readonly label: string;
}

export interface GuideCard {
  readonly id: string;
  readonly title: string;
  readonly pictures: readonly GuidePicture[];
  readonly lines: readonly string[];
}

function pair(
  name: string,
  right: readonly [string, string],
  wrong: readonly [string, string],
): GuidePicture[] {
  return [
    { kind: 'right', source: `/images/guide/${name}-right.svg`, caption: right[0], label: right[1] },
    { kind: 'wrong', source: `/images/guide/${name}-wrong.svg`, caption: wrong[0], label: wrong[1] },
  ];
}

const cardsFor = (background: Rgb): readonly GuideCard[] => [
  {
    id: 'light',
    title: '面向窗户',
    pictures: pair(
      'light',
      ['脸朝着光', '插图：人面向窗户，光照在脸上'],
      ['背对着光', '插图：人背对窗户，脸是暗的'],
    ),
    lines: [
      '白天面向窗户最好，不开闪光灯',
      '离墙一步远，不要贴着墙站',
      '背景不用蓝色，系统会换；浅色空墙最好',
    ],
  },
  {
    id: 'helper',
    title: '最好请人帮忙',
    pictures: pair(
      'helper',
      ['手机和眼睛一样高', '插图：另一个人把手机举到和被拍的人眼睛一样高'],
      ['从下往上拍', '插图：手机放得太低，从下往上拍'],
    ),
    lines: [
      '家人、同学、老师都可以拿手机',
      '用后置相机，站一米多远，手机竖直拿稳',
      '一个人就把手机架好，用定时',
    ],
  },
  {
    id: 'clothes',
    title: '深色有领上衣',
    pictures: pair(
      'clothes',
      ['素色、有领', '插图：穿深蓝色有领上衣'],
      ['接近底色或条纹', '插图：穿浅蓝色条纹上衣'],
    ),
    lines: [coloursLine(background), '不穿条纹、吊带、低领、连帽衣', '摘下帽子、头饰、项链、耳环'],
  },
  {
    id: 'hair',
    title: '露出眉毛和双耳',
    pictures: pair(
      'hair',
      ['头发扎好', '插图：头发扎在脑后，露出眉毛和双耳'],
      ['头发挡脸', '插图：刘海挡住眉毛，头发盖住耳朵'],
    ),
    lines: ['刘海用发夹固定，长发扎到脑后', '头发不要梳得太高'],
  },
  {
    id: 'pose',
    title: '坐正，看镜头',
    pictures: pair(
      'pose',
      ['头正、肩平', '插图：头摆正，双肩放平，正对镜头'],
      ['歪头或侧脸', '插图：头歪向一边'],
    ),
    lines: [
      '鼻尖正对镜头，不抬头不低头',
      '照片不能旋转修正，歪了只能重拍',
      '身前不要有桌子、电脑、杯子，手放下',
    ],
  },
  {
    id: 'mouth',
    title: '闭嘴唇，睁眼睛',
    pictures: pair(
      'mouth',
      ['自然微笑', '插图：嘴唇闭合，眼睛睁开'],
      ['露牙或闭眼', '插图：张嘴露牙，眼睛闭着'],
    ),
    lines: ['嘴唇自然闭合，不露牙齿', '素颜或淡妆，不戴美瞳；出汗先擦干'],
  },
];

const GLASSES: Record<GlassesPolicy, readonly string[]> = {
  allowed: ['平时戴眼镜就戴着拍', '镜片不反光、不带颜色，镜框不挡眼睛', '反光时把头略低一点，或换个角度'],
  forbidden: ['本批次要求摘下眼镜拍', '摘下后等一会儿，等鼻梁上的印子消掉'],
};

function coloursLine(background: Rgb): string {
  const near = coloursNear(background);
  return near === null ? '不穿和底色相近的颜色' : `不穿${near}：和底色太近`;
}

/** All cards, with the batch's rules about glasses and the colours of its background. */
export function guideCards({
  background,
  glasses,
}: Pick<PhotoSettings, 'background' | 'glasses'>): GuideCard[] {
  const forbidden = glasses === 'forbidden';
  return [
    ...cardsFor(background),
    {
      id: 'glasses',
      title: forbidden ? '摘下眼镜' : '眼镜不反光',
      pictures: forbidden
        ? [
            {
              kind: 'right',
              source: '/images/guide/pose-right.svg',
              caption: '摘下眼镜',
              label: '插图：没有戴眼镜',
            },
            {
              kind: 'wrong',
              source: '/images/guide/glasses-right.svg',
              caption: '戴着眼镜',
              label: '插图：戴着眼镜',
            },
          ]
        : pair(
            'glasses',
            ['看得见眼睛', '插图：眼镜透明，眼睛清楚'],
            ['镜片反光', '插图：镜片反光，看不见眼睛'],
          ),
      lines: GLASSES[glasses],
    },
  ];
}

export const GUIDE_WORDS = {
  lead: '看完这几张卡片再拍，多半一次就过。',
  ticksTitle: '请你自己确认',
  ticksText: '下面几项机器看不准，请你自己看一眼。审核老师也会看到。',
  all: '以上都做到了',
  allRemark: '点这里一次勾选全部',
  shoot: '去拍照',
  someMissingTitle: '还有几项没有确认',
  someMissing: (count: number): string =>
    `有 ${count} 项没有勾选。可以先调整好再拍；确实做不到（如因病戴帽）也能拍，审核老师会看到。`,
  goAnyway: '仍然拍照',
  goBack: '回去看看',
  rejected: '上次的照片，老师请你调整',
  closed: '采集已经截止，现在不能拍照了',
  attemptsLeft: (count: number): string =>
    count === 0 ? '拍照次数已用完，请打电话' : `还可以拍 ${count} 次，准备好再拍`,
} as const;
