/**
 * The demonstration: a school that does not exist, its batches, one student, and the settings under which the
 * functions accept its codes. Everybody knows these keys and numbers; nothing here may reach a deployed function.
 */
import { issueCode, type IssuedCode } from '../cli/support/issue-code';
import { readSchoolKey, serverSettingOf } from '../cli/support/school-key';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { type BatchId, type Instant } from '../../miniprogram/shared/identity/ids';
import {
  DEFAULT_PHOTO_SETTINGS,
  KNOWN_BACKGROUNDS,
} from '../../miniprogram/shared/photo-standard/photo-standard';

/** 99999 is no 院校代码 that was ever given. */
export const DEMONSTRATION_SCHOOL = {
  _id: 'demonstration-school',
  code: '99999',
  name: '示范大学继续教育学院',
} as const;

/** Fictitious. The ID number is the worked example of GB 11643-1999; of it only the tail is ever typed. */
export const DEMONSTRATION_STUDENT = {
  name: '张三',
  studentNumber: '202199990001',
  level: '专升本',
  year: '2021',
  studyForm: '非脱产',
  duration: '2.5',
  idNumber: '11010519491231002X',
} as const;
export const DEMONSTRATION_ID_TAIL = '002X';

/** Codes never expire during a demonstration, and the same picture comes out every time. */
const CODE_EXPIRES_AT = new Date('2099-12-31T16:00:00Z');
const CODE_SALT = new Uint8Array(12).fill(7);

/** The capture code of the demonstration student, as payload and picture. */
export function demonstrationCode(): Promise<IssuedCode> {
  return issueCode(
    { ...DEMONSTRATION_STUDENT, expiresAt: CODE_EXPIRES_AT, salt: CODE_SALT },
    readSchoolKey(),
  );
}

/** What the demonstration's first operator types as invitation; it works until somebody is one. */
export const DEMONSTRATION_SETUP_CODE = 'DEMO-DEMO-DEMO-DEMO-DEMO-DEMO';

/** Environment variables of the functions, as they would be set in the platform's console. */
export function demonstrationEnvironment(): Readonly<Record<string, string>> {
  return {
    CAPTURE_CODE_DIGEST_KEY: Buffer.alloc(32, 'demonstration').toString('base64'),
    CAPTURE_CODE_SCHOOL_KEYS: serverSettingOf(),
  };
}

const DAY = 24 * 3600 * 1000;

/** One batch that is open, one that opens soon and one that is over, seen from `now`. */
export function demonstrationBatches(now: Date): BatchDocument[] {
  const daysFromNow = (days: number) => new Date(now.getTime() + days * DAY).toISOString() as Instant;
  const year = now.getUTCFullYear();
  const common = {
    schoolId: DEMONSTRATION_SCHOOL._id,
    schoolCode: DEMONSTRATION_SCHOOL.code,
    schoolName: DEMONSTRATION_SCHOOL.name,
    photoSettings: DEFAULT_PHOTO_SETTINGS,
    attemptLimit: null,
    // No number in China begins with three zeros: a tap on it calls nobody.
    telephone: '000-0000-0000',
    rosterRequired: false,
  };
  return [
    {
      ...common,
      _id: 'demonstration-open' as BatchId,
      title: `${year + 1}届毕业生图像采集`,
      graduationDate: `${year + 1}-01-10`,
      cohorts: [{ year: '2018', level: '高起本' }, { year: '2021' }],
      opensAt: daysFromNow(-30),
      closesAt: daysFromNow(60),
      notice: '请在截止日期前完成拍摄并确认照片，逾期将影响正常毕业。',
    },
    {
      ...common,
      _id: 'demonstration-soon' as BatchId,
      title: `${year + 1}届夏季毕业生图像采集`,
      graduationDate: `${year + 1}-07-10`,
      cohorts: [{ year: '2022' }],
      opensAt: daysFromNow(14),
      closesAt: daysFromNow(104),
      photoSettings: { ...DEFAULT_PHOTO_SETTINGS, background: KNOWN_BACKGROUNDS.white },
      attemptLimit: 10,
      notice: '',
    },
    {
      ...common,
      _id: 'demonstration-over' as BatchId,
      title: `${year}届毕业生图像采集`,
      graduationDate: `${year}-07-10`,
      cohorts: [{ year: '2020' }],
      opensAt: daysFromNow(-120),
      closesAt: daysFromNow(-20),
      notice: '',
    },
  ];
}
