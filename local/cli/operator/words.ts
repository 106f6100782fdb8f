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
  commandFirst: (word: string): string => `请先写命令，再写选项：“${word}”要写在选项前面。`,
  missingArgument: (name: string): string => `少了“${name}”。`,
  missingOption: (name: string): string => `少了 --${name}。`,
  eitherOr: (one: string, other: string): string => `--${one} 和 --${other} 只写一个。`,
  singleQuotes: (name: string): string =>
    `--${name} 两头有单引号，会写进每个名字里。请改成双引号，或不用引号。`,
  notANumber: (name: string): string => `--${name} 要写成整数。`,
  notOneOf: (name: string, words: readonly string[]): string => `--${name} 只能是：${words.join('、')}。`,
  badDate: (text: string): string =>
    `“${text}”不是日期，请写成 2027-02-28 或 "2027-02-28 18:00"（北京时间）。`,
  badColour: (text: string): string =>
    `“${text}”不是颜色，请写 blue、operator-blue、white、grey 或 #64C5FF 这样的值。`,
  noBatch: (text: string): string => `没有找到批次“${text}”。用 npm run operator -- batches 看全部。`,
  severalBatches: (text: string, found: readonly string[]): string =>
    `“${text}”对应多个批次，请写名称全称或编号：\n${found.map((line) => `  ${line}`).join('\n')}`,
  noStation: (text: string, known: readonly string[]): string =>
    known.length === 0
      ? `没有函授站“${text}”：这所学校还没有站点。导入名单会自动建站点，也可以用 stations <院校代码> --save 添加。`
      : `没有函授站“${text}”。这所学校有：${known.join('、')}。`,
  group: (name: string, commands: readonly string[]): string =>
    `“${name}”后面还要再写一个词：${commands.join('、')}。`,
  didYouMean: (names: readonly string[]): string => `是不是：${names.join('、')}？`,
  seeHelp: (name: string): string => `看说明：npm run operator -- ${name === '' ? '' : `${name} `}--help`,
  tooMany: (text: string): string => `多出来“${text}”。名称里有空格的，请用引号括起来。`,
  swallowed: (names: readonly string[]): string =>
    `npm 把 ${names.map((name) => `--${name}`).join('、')} 当成了自己的选项，什么都没有做。PowerShell 会丢掉 operator 后面的“--”：请用命令提示符（cmd），或在 PowerShell 里写 npm.cmd run operator -- <命令>。`,
  unknownOption: (name: string): string => `没有 --${name} 这个选项。`,
  optionNeedsValue: (name: string): string => `--${name} 后面要写一个值。`,
  optionTakesNoValue: (name: string): string => `--${name} 后面不用写值。`,
  example: '例如',
  noCheckFile: (path: string): string =>
    `“${path}”不是 npm run tune 写出的检查参数，或超出了照片标准允许的范围。`,
  notAList: (path: string): string => `“${path}”要以 .xlsx 或 .csv 结尾。`,
  otherPackage: (folder: string): string =>
    `“${folder}”里是另一种选择的包。一个文件夹只放一个包，请换一个文件夹。`,
  usedFolder: (folder: string): string =>
    `“${folder}”里还有别的包的文件，那个包已经停止、到期，或不是从这里打的。请换一个文件夹，或先把里面的压缩包和 manifest 文件移走。`,
  stoppedMeanwhile:
    '这一包打到一半停止或到期了，没有可以下载的文件。用 export list 看看，需要的话再运行一次。',
  resumed: (startedAt: string): string =>
    `这是 ${startedAt} 开始打的包；之后通过的照片不在里面。要打新的包，请换一个文件夹。`,
  sentBackTooLate: '采集已经截止，学生现在不能再拍。请用 batch deadline 延期。',
  softened: '请告诉学生再拍一张，次数用完了也能拍。采集已经截止的，先用 batch deadline 延期。',
  state: '状态',
  unbindWithYes: '还没有解除。核对过是学生本人，请加 --yes。',
  unbound: (removed: boolean): string =>
    removed ? '他在这一批里的照片已经删除。' : '这一批里没有他的照片。',
  unboundTooLate: '采集已经截止，学生现在不能重新绑定。请用 batch deadline 延期。',
  exitCodes: '退出码：0 成功；1 没有成功或有要改的地方；2 照片要重拍（station sit）。',
} as const;

export const VERIFY_WORDS = {
  counted: (photos: number, found: number): string => `清单 ${photos} 张，核对无误 ${found} 张。`,
  whole: '完整。',
  holds: (whose: string, photos: string): string => `里面是：${whose}，${photos}。`,
  scope: { batch: '整个批次', station: '一个函授站', 'no-station': '没有站点的学生' },
  selection: { new: '只有以前没打包过的照片', 'all-accepted': '全部已通过的照片' },
  problems: {
    'volume-missing': '缺压缩包',
    'volume-damaged': '压缩包有损坏',
    'photo-missing': '缺照片',
    'photo-damaged': '照片有损坏',
    'photo-twice': '照片重复',
    'table-missing': '缺表格',
    'table-changed': '表格改动过',
    stranger: '清单里没有的文件',
  },
  tableNext:
    '表格缺了、改了，都不影响照片。改动过的多半是用 Excel 打开又保存了，学号、时间会变样：要用表格的，请重新下载这一个文件。',
  sameOriginal: '下面每一行的几个学号用的是同一张原图。不是同一个人的，有一个放错了照片，请核对：',
  noManifest: (folder: string): string =>
    `“${folder}”里没有 manifest.json，或它不是清单。请把整个包放在一个文件夹里。`,
} as const;

/** What the commands' arguments mean, by their names. */
export const ARGUMENT_WORDS: Readonly<Record<string, string>> = {
  批次: '批次的编号，或名称里的一段，如 2027届',
  编号: '前一个命令显示的编号，照抄',
  照片: '照片的编号（review take 会显示），或照片文件',
  院校代码: '五位数字',
  学号: '学生的学号',
  日期: '2027-02-28（到当天 24:00）或 "2027-02-28 18:00"，北京时间',
  邀请码: '邀请人发来的邀请码，横线可以不写',
  采集码图片: '学生的采集码图片文件',
};

export const SECTION_WORDS = {
  access: '身份、邀请、学校',
  batches: '批次',
  roster: '名单',
  progress: '进度与催办',
  review: '审核',
  station: '站点代拍',
  packages: '打包、核对、表格',
  upkeep: '保存期限',
} as const;

export const invalidValue = (what: string): string => `有一项写得不对：${what}。`;

/** Why the cloud did not take a value, by the last known name in its path. Batches' own fields: BATCH_EDIT_WORDS. */
export const FIELD_PROBLEM_WORDS: Readonly<Record<string, string>> = {
  onlyWarn: '--only-warn 里有不认识的、或关系到照片标准不能放宽的检查项',
  overrides: '检查参数超出了照片标准允许的范围',
  checkSettings: '检查参数的写法不对',
  stationIds: '请用 --station 写至少一个站点',
  label: '请用 --label 写备注名，最多 40 个字',
  validHours: '--hours 请写 1 到 336 的整数',
  reason: '请用 --reason 写明原因，最多 200 个字',
  remark: '请用 --remark 写一句话（选了 other 时必须写，最多 200 个字）',
  reasons: '--reason 写 1 到 4 个，不能重复',
  checks: '--check 里有不能放宽的检查项',
  code: '站点的写法或院校代码不对',
  name: '名称不对，最多 60 个字',
  submissionId: '编号不对，请照抄 review take 或 stuck 显示的编号',
  photoId: '照片编号不对，请照抄 review take 显示的照片编号',
  exportId: '包的编号不对，请照抄 export list 显示的编号',
  invitationId: '邀请的编号不对，请照抄 invitations 显示的编号',
  memberId: '成员的编号不对，请照抄 members 显示的编号',
  studentNumber: '学号不对',
  cursor: '--cursor 不对，请照抄上一页最后一行',
  subjectId: '--about 不对，请照抄显示的编号',
  mapping: '--map 不对，写成 标题=内容',
  payloadBase64: '采集码读不出来',
};

export const FILE_WORDS = {
  missing: (path: string): string => `没有找到“${path}”，请核对文件名和文件夹。`,
  folder: (path: string): string => `${path === '' ? '这' : `“${path}”`}是文件夹，这里要写文件。`,
  notAllowed: (path: string): string => `没有权限读写“${path}”。`,
  heldOpen: (path: string): string => `“${path}”正被别的程序打开（Excel、看图窗口），请先关掉再试。`,
  /** Windows answers both the same way. */
  notAllowedOrHeldOpen: (path: string): string =>
    `没有权限读写“${path}”，或者它正被别的程序打开（Excel、看图窗口），请先关掉再试。`,
  full: (path: string): string => `磁盘满了，没有写完“${path}”。腾出空间后再运行一次。`,
  exists: (path: string): string => `已经有“${path}”，没有覆盖。请换一个名字。`,
} as const;

export const SESSION_WORDS = {
  noCloud:
    '没有正在运行的云。请先在另一个窗口运行 npm start；或用 --url 写地址，或用 --data 打开数据文件夹。',
  running: 'npm start 的云',
  noAnswer: (url: string): string => `${url} 没有应答。请看运行 npm start 的窗口是否还开着，地址对不对。`,
  noFolder: (folder: string): string => `“${folder}”不是云的数据文件夹。npm start 的数据在 .local/cloud。`,
  folderInUse: (folder: string): string =>
    `“${folder}”正在使用：npm start 正在用这个文件夹，去掉 --data 即可；若是另一个命令，等它结束再运行。`,
  badIdentity: (text: string): string => `--as 只能用字母、数字、横线和下划线，不能全是数字：“${text}”不行。`,
  notAdministrator: '这个命令要在运行云的那台电脑上用：npm start 正在运行，或加 --data 文件夹。',
} as const;
