/** What only the command line says. Everything it shares with the pages comes from miniprogram/copy. */

export const CLI_WORDS = {
  title: '采集单位命令行：批次、名单、进度、审核、打包、清理。',
  usage: '用法：npm run operator -- <命令> [参数] [选项]',
  commands: '命令',
  options: '选项',
  everywhere: '每个命令都可以加',
  as: '（微信身份）用谁的身份，不写就用 demo-operator',
  url: '（地址）正在运行的云的地址，不写就用 npm start 的那个',
  data: '（文件夹）直接打开一个数据文件夹（云没有在运行时）',
  json: '输出 JSON，给程序用',
  help: '看这个命令的说明',
  more: '看某个命令的说明：npm run operator -- <命令> --help',
  unknown: (name: string): string => `没有“${name}”这个命令。`,
  missingArgument: (name: string): string => `少了“${name}”。`,
  missingOption: (name: string): string => `少了 --${name}。`,
  notANumber: (name: string): string => `--${name} 要写成整数。`,
  notOneOf: (name: string, words: readonly string[]): string => `--${name} 只能是：${words.join('、')}。`,
  badDate: (text: string): string =>
    `“${text}”不是日期，请写成 2027-02-28 或 "2027-02-28 18:00"（北京时间）。`,
  badColour: (text: string): string =>
    `“${text}”不是颜色，请写 blue、operator-blue、white、grey 或 #64C5FF 这样的值。`,
  noBatch: (text: string): string => `没有找到批次“${text}”。用 npm run operator -- batches 看全部。`,
  severalBatches: (text: string): string => `“${text}”对应多个批次，请写批次编号。`,
  noStation: (text: string): string =>
    `没有找到函授站“${text}”。用 npm run operator -- stations <院校代码> 看全部。`,
  needYes: '这一步会改动数据。确认要做，请加 --yes。',
} as const;

export const SESSION_WORDS = {
  noCloud:
    '没有正在运行的云。请先在另一个窗口运行 npm start；或用 --url 写地址，或用 --data 打开数据文件夹。',
  notAdministrator: '这个命令要在运行云的那台电脑上用：npm start 正在运行，或加 --data 文件夹。',
} as const;
