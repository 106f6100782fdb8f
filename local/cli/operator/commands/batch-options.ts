/** The fields of a batch as options of a command: what each means, and how its text becomes a value. */
import { type Given, type OperatorCommand } from '../operator-command';
import { CLI_WORDS } from '../words';
import { UsageError } from '../../support/command';
import { readSettingsFile } from '../../support/settings-file';
import { type Cohort } from '../../../../miniprogram/shared/batch/batch';
import { type CheckSettings } from '../../../../miniprogram/shared/batch/check-settings';
import { openingMoment } from '../../../../miniprogram/shared/time/shanghai-time';
import { type BatchFields } from '../../../../miniprogram/shared/contract/operator/batches';
import { type Instant } from '../../../../miniprogram/shared/identity/ids';
import { type Rgb } from '../../../../miniprogram/shared/photo-standard/official-standard';
import {
  FILE_BYTES_LIMITS,
  KNOWN_BACKGROUNDS,
  NARROWEST_FILE_BAND_BYTES,
} from '../../../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckId } from '../../../../miniprogram/shared/verdict/check-ids';
import { type CheckOverrides } from '../../../../miniprogram/shared/verdict/check-overrides';

export const FIELD_OPTIONS: OperatorCommand['options'] = {
  title: { type: 'string', help: '（名称）如 2027届毕业生图像采集' },
  graduation: { type: 'string', help: '（日期）毕业日期，如 2027-01-10' },
  cohort: { type: 'string', multiple: true, help: '（对象）如 2021 或 "2018 高起本"，可以写多次' },
  opens: { type: 'string', help: '（日期）开始，如 2026-12-01' },
  telephone: { type: 'string', help: '（电话）咨询电话' },
  notice: { type: 'string', help: '（文字）给学生看的说明' },
  background: { type: 'string', help: '（颜色）blue、operator-blue、white、grey 或 #64C5FF' },
  'file-kb': { type: 'string', help: `（范围）成品文件大小，如 30-40；${fileBandLimits()}` },
  glasses: { type: 'string', help: '（allowed 或 forbidden）能不能戴眼镜' },
  attempts: { type: 'string', help: '（次数）每人最多拍几次，0 为不限' },
  'only-listed': { type: 'string', help: '（yes 或 no）只有名单里的学生能绑定' },
  'confirm-on-the-spot': { type: 'string', help: '（yes 或 no）站点代拍时学生可以当场确认' },
  'only-warn': { type: 'string', multiple: true, help: '（检查项）只提醒、不拦下的检查，可以写多次' },
  'check-file': { type: 'string', help: '（文件）检查参数，npm run tune 写出的 JSON' },
  'keep-unfinished': { type: 'string', help: '（天数）截止或退回后多少天删除没确认的，never 为不单独删' },
  'keep-originals': { type: 'string', help: '（天数）通过后多少天删除原图，never 为不单独删' },
  'keep-everything': { type: 'string', help: '（天数）截止后多少天全部删除' },
  'keep-packages': { type: 'string', help: '（天数）打包文件保留多少天' },
};

/** In the whole KB that the option takes. */
function fileBandLimits(): string {
  const [least, most] = [Math.ceil(FILE_BYTES_LIMITS.min / 1024), Math.floor(FILE_BYTES_LIMITS.max / 1024)];
  return `在 ${least}–${most} 之内，至少相差 ${Math.ceil(NARROWEST_FILE_BAND_BYTES / 1024)}`;
}

const BACKGROUNDS: Readonly<Record<string, Rgb>> = {
  blue: KNOWN_BACKGROUNDS.referenceBlue,
  'operator-blue': KNOWN_BACKGROUNDS.operatorBlue,
  white: KNOWN_BACKGROUNDS.white,
  grey: KNOWN_BACKGROUNDS.lightGrey,
};

function colour(text: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  const rgb = hex
    ? { red: parseInt(hex[1]!, 16), green: parseInt(hex[2]!, 16), blue: parseInt(hex[3]!, 16) }
    : BACKGROUNDS[text];
  if (rgb === undefined) throw new UsageError(CLI_WORDS.badColour(text));
  return rgb;
}

export function moment(text: string, read: (text: string) => Instant | undefined): Instant {
  const instant = read(text);
  if (instant === undefined) throw new UsageError(CLI_WORDS.badDate(text));
  return instant;
}

/** `2021`, `2018 高起本`, `2021 专升本 非脱产 2.5`: the year, then level, form, length in any order. */
function cohort(text: string): Cohort {
  const parts = text.split(/[\s,，]+/).filter((part) => part !== '');
  const year = parts.find((part) => /^(19|20)\d\d级?$/.test(part))?.slice(0, 4);
  const duration = parts.find((part) => /^\d(\.\d)?年?$/.test(part))?.replace('年', '');
  const words = parts.filter((part) => !/^\d/.test(part));
  const [level, studyForm] = words;
  return {
    ...(year !== undefined && { year }),
    ...(level !== undefined && { level }),
    ...(studyForm !== undefined && { studyForm }),
    ...(duration !== undefined && { duration }),
  };
}

type Changes = Partial<Omit<BatchFields, 'schoolCode' | 'closesAt'>>;

/** What the options say; fields that no option names are left out. */
export function changesOf(given: Given, before: BatchFields): Changes {
  const text = (option: string) => given.text(option);
  const cohorts = given.list('cohort');
  const opens = text('opens');
  const days = (option: string) => (text(option) === 'never' ? null : given.number(option));
  const retention = {
    ...before.retention,
    ...present('unfinishedDays', text('keep-unfinished') && days('keep-unfinished')),
    ...present('originalsDays', text('keep-originals') && days('keep-originals')),
    ...present('everythingDays', given.number('keep-everything')),
    ...present('packagesDays', given.number('keep-packages')),
  };
  const attempts = given.number('attempts');
  const onlyWarn = given.list('only-warn') as readonly CheckId[];
  return {
    ...present('title', text('title')),
    ...present('graduationDate', text('graduation')),
    ...(cohorts.length > 0 && { cohorts: cohorts.map(cohort) }),
    ...(opens !== undefined && { opensAt: moment(opens, openingMoment) }),
    ...present('telephone', text('telephone')),
    ...present('notice', text('notice')),
    ...photoChanges(given, before),
    ...(attempts !== undefined && { attemptLimit: attempts === 0 ? null : attempts }),
    ...yesOrNo(given, 'only-listed', 'rosterRequired'),
    ...yesOrNo(given, 'confirm-on-the-spot', 'confirmOnTheSpot'),
    ...(onlyWarn.length > 0 && {
      checkSettings: { ...before.checkSettings, onlyWarn } satisfies CheckSettings,
    }),
    ...checkFile(given, before, onlyWarn),
    retention,
  };
}

function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Field in Name]?: Exclude<Value, undefined | ''> } {
  return (value === undefined || value === '' ? {} : { [name]: value }) as {
    readonly [Field in Name]?: Exclude<Value, undefined | ''>;
  };
}

function yesOrNo<Name extends string>(
  given: Given,
  option: string,
  field: Name,
): { readonly [Field in Name]?: boolean } {
  if (given.text(option) === undefined) return {};
  const value = given.oneOf(option, ['yes', 'no'], 'no') === 'yes';
  return { [field]: value } as { readonly [Field in Name]?: boolean };
}

function photoChanges(given: Given, before: BatchFields): Pick<Changes, 'photoSettings'> {
  const [background, band, glasses] = [
    given.text('background'),
    given.text('file-kb'),
    given.text('glasses'),
  ];
  if (background === undefined && band === undefined && glasses === undefined) return {};
  const [min, max] = (band ?? '').split('-').map((kilobytes) => Number(kilobytes) * 1024);
  return {
    photoSettings: {
      background: background === undefined ? before.photoSettings.background : colour(background),
      fileBytes: band === undefined ? before.photoSettings.fileBytes : { min: min ?? 0, max: max ?? 0 },
      glasses: given.oneOf('glasses', ['allowed', 'forbidden'], before.photoSettings.glasses),
    },
  };
}

/** @throws UsageError for a file that `npm run tune` did not write, or that goes beyond the standard */
function checkFile(
  given: Given,
  before: BatchFields,
  onlyWarn: readonly CheckId[],
): Pick<Changes, 'checkSettings'> {
  const path = given.text('check-file');
  if (path === undefined) return {};
  const softened = onlyWarn.length > 0 ? onlyWarn : before.checkSettings.onlyWarn;
  return { checkSettings: { onlyWarn: softened, overrides: readOverrides(path) } };
}

function readOverrides(path: string): CheckOverrides {
  try {
    return readSettingsFile(path).overrides;
  } catch (error) {
    // Missing files are told by their own words.
    if (typeof error === 'object' && error !== null && 'syscall' in error) throw error;
    throw new UsageError(CLI_WORDS.noCheckFile(path));
  }
}
