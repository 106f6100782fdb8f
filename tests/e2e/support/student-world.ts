/**
 * A school that does not exist, on the embedded cloud with the real functions, and the browser phone in front of it.
 * Each student of a test gets a code of an own; what an operator would do is done by the administrator's database.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type BatchDocument } from '../../../cloudfunctions/batch/batch-document';
import { type BindingDocument } from '../../../cloudfunctions/capture-code/binding/binding-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { heldOwnerOf } from '../../../cloudfunctions/station-mode/held-owner';
import { isJudged, type PhotoDocument } from '../../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { issueCode } from '../../../local/cli/support/issue-code';
import { readSchoolKey } from '../../../local/cli/support/school-key';
import { type RunningCloud, startCloud } from '../../../local/cloud/start-cloud';
import { demonstrationEnvironment } from '../../../local/demo/demonstration';
import { seedDemonstration } from '../../../local/demo/seed-demonstration';
import { type RunningPhone, startPhone } from '../../../local/phone/start-phone';
import { type Instant } from '../../../miniprogram/shared/identity/ids';
import { type RejectReason } from '../../../miniprogram/shared/contract/submission-view';
import { buildFunctions } from '../../../local/build/functions/build-functions';
import { sharedData } from '../../support/shared-data';
import { PhonePage, type PhonePageOptions } from './phone-page';

const ROOT = resolve(__dirname, '../../..');
/** Rendered people who do not exist; see tests/fixtures/portraits/LICENSE.txt. */
export const renderedPortrait = (name: string): string =>
  join(ROOT, 'tests/fixtures/portraits', `${name}.jpg`);
/** A real portrait where the measuring data is on this machine, else a rendered one. Never for a screenshot. */
export const realPortrait = (): string =>
  sharedData('portraits/full/009_03.jpg') ?? renderedPortrait('f1_front');

export interface TestStudent {
  /** Address of the code's picture, for chooser and scanner. */
  readonly codePicture: string;
  readonly idTail: string;
}

const DAY_MS = 86_400_000;

export class StudentWorld {
  private students = 0;

  private constructor(
    private readonly folder: string,
    readonly cloud: RunningCloud,
    readonly phone: RunningPhone,
  ) {}

  /** @param variables added to the functions' environment */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<StudentWorld> {
    await buildFunctions();
    const folder = mkdtempSync(join(tmpdir(), 'student-world-'));
    const cloud = await startCloud({
      dataDir: join(folder, 'cloud'),
      functionsDir: join(ROOT, 'dist/cloudfunctions'),
      environment: () => ({ ...demonstrationEnvironment(), ...variables }),
    });
    await seedDemonstration(cloud);
    const phone = await startPhone({
      miniprogramDir: join(ROOT, 'miniprogram'),
      cloudUrl: cloud.url,
      watch: false,
    });
    return new StudentWorld(folder, cloud, phone);
  }

  async close(): Promise<void> {
    await this.phone.close();
    await this.cloud.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A student of the open batch with a code of an own. */
  async newStudent(
    enrolment: { readonly level?: string; readonly year?: string } = {},
  ): Promise<TestStudent> {
    this.students += 1;
    const number = `2021999${String(this.students).padStart(5, '0')}`;
    const code = await issueCode(
      {
        studentNumber: number,
        name: '李小明',
        level: enrolment.level ?? '专升本',
        year: enrolment.year ?? '2021',
        studyForm: '非脱产',
        // The worked example of GB 11643: it belongs to nobody.
        idNumber: '11010519491231002X',
        expiresAt: new Date('2099-01-01T00:00:00Z'),
      },
      readSchoolKey(),
    );
    const path = join(this.folder, `code-${this.students}.png`);
    writeFileSync(path, code.png);
    return { codePicture: this.phone.addPicture(path), idTail: '002X' };
  }

  /** A phone whose camera sees this picture; all else is as WeChat delivers it. */
  open(
    browser: Browser,
    options: PhonePageOptions & { readonly portrait?: string } = {},
  ): Promise<PhonePage> {
    const { portrait, settings, ...rest } = options;
    const camera = portrait === undefined ? {} : { cameraPicture: this.phone.addPicture(portrait) };
    return PhonePage.open(browser, this.phone, {
      height: 760,
      ...rest,
      settings: { ...camera, ...settings },
    });
  }

  /** Moves the open batch's deadline, days from now; negative: it has passed. */
  async setDeadline(days: number): Promise<void> {
    const closesAt = new Date(Date.now() + days * DAY_MS).toISOString() as Instant;
    await collection<BatchDocument>('batches').update('demonstration-open', { closesAt });
  }

  /** File formats of what this phone sent, as the cloud read them. */
  async originalFormats(openid: string): Promise<string[]> {
    const submission = await collection<SubmissionDocument>('submissions').findOne({ openid });
    if (!submission) throw new Error(`${openid} has no submission`);
    const photos = await collection<PhotoDocument>('photos').find(
      { submissionId: submission._id },
      { limit: 20 },
    );
    return photos.filter(isJudged).map(({ record }) => record.original.format);
  }

  /** As if a station had taken this phone's photo: it waits for an account that shows the code. */
  async holdAtStation(openid: string): Promise<void> {
    const submissions = collection<SubmissionDocument>('submissions');
    const submission = await submissions.findOne({ openid });
    if (!submission) throw new Error(`${openid} has no submission`);
    const held = { openid: heldOwnerOf(submission.bindingId) };
    await submissions.update(submission._id, held);
    await collection<BindingDocument>('bindings').update(submission.bindingId, held);
  }

  /** What a reviewer does in the operator's part. */
  async reject(openid: string, reasons: readonly RejectReason[], remark: string): Promise<void> {
    const submissions = collection<SubmissionDocument>('submissions');
    const submission = await submissions.findOne({ openid });
    if (!submission) throw new Error(`${openid} has no submission`);
    const at = new Date().toISOString() as Instant;
    await submissions.update(submission._id, {
      state: 'rejected',
      confirmedPhotoId: null,
      rejection: { reasons, remark },
      timeline: [...submission.timeline, { state: 'rejected', at }],
    });
  }
}
