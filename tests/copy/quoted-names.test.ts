/** What a sentence quotes is there to be tapped or read: under that very name, or on a screen that is not ours. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sentencesIn } from '../support/typography';

const COPY = join(__dirname, '../../miniprogram/copy');
const sentences = readdirSync(COPY).flatMap((file) =>
  sentencesIn(file, readFileSync(join(COPY, file), 'utf8')).map((sentence) => ({ file, sentence })),
);

/** Names of and in 学信网, WeChat, the phone, spreadsheet programs and the operator's guide, and examples. */
const ELSEWHERE: readonly string[] = [
  ...[
    '学信网',
    '学信档案',
    '学籍',
    '高等教育信息',
    '查看图像采集码',
    '图像校对',
    '身份核验未通过',
    '不确定',
    '异常',
  ],
  ...['保存图片', '文件传输助手', '拒绝', '摄像头', '添加到相册', '…', '设置', '文本', '值'],
  ...['核对', '张*三', '学号、姓名、函授站……'],
];

/** A button may say more after the name: 下一步：核对信息. */
const beginsWithName = (text: string, name: string): boolean =>
  text.startsWith(name) && /^([，：…]|$)/.test(text.slice(name.length));

const quoted = sentences.flatMap(({ file, sentence }) =>
  [...sentence.matchAll(/“([^”\ufffc]+)”/g)].map(([, name]) => ({ file, name: name!, sentence })),
);

it('some are quoted', () => {
  expect(quoted.length).toBeGreaterThan(20);
});

it.each(quoted.filter(({ name }) => !ELSEWHERE.includes(name)))('$file: “$name”', ({ name, sentence }) => {
  expect(sentences.some((one) => one.sentence !== sentence && beginsWithName(one.sentence, name))).toBe(true);
});
