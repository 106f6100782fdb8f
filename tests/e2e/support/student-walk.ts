/**
 * The student's way as taps of a thumb, counted. One function for each step, so that a test can stop anywhere.
 */
import { type PhonePage } from './phone-page';
import { type TestStudent } from './student-world';

export class StudentWalk {
  /** Taps inside the mini program; WeChat's own permission windows are counted apart. */
  taps = 0;
  systemTaps = 0;
  keystrokes = 0;

  constructor(
    readonly phone: PhonePage,
    readonly student: TestStudent,
  ) {}

  async tap(name: string | RegExp): Promise<void> {
    await this.phone.button(name).first().click();
    this.taps += 1;
  }

  async tick(name: string | RegExp): Promise<void> {
    await this.phone.page.getByRole('checkbox', { name }).click();
    this.taps += 1;
  }

  /** A window of WeChat or of the phone. */
  async answer(name: string): Promise<void> {
    await this.phone.button(name).last().click();
    this.systemTaps += 1;
  }

  /** Pages below the present one stay in the document, hidden. */
  see(text: string | RegExp): Promise<void> {
    return this.phone.text(text).filter({ visible: true }).first().waitFor();
  }

  async start(): Promise<void> {
    await this.tap('开始采集');
    await this.see('为什么要用');
  }

  async consent(): Promise<void> {
    await this.tick(/我已看懂/);
    await this.tick(/我单独同意/);
    await this.tap('同意并继续');
    await this.see('1. 采集码');
  }

  async scanCode(): Promise<void> {
    await this.phone.change({ scanPicture: this.student.codePicture });
    await this.tap('扫描采集码');
    await this.see('已经读到二维码');
  }

  async chooseCode(): Promise<void> {
    await this.phone.change({ chooserPictures: [this.student.codePicture] });
    await this.tap('从相册选');
  }

  async typeTail(tail = this.student.idTail): Promise<void> {
    const input = this.phone.page.getByLabel('证件号码的最后四位');
    await input.fill('');
    await input.pressSequentially(tail);
    this.keystrokes += tail.length;
  }

  async bind(): Promise<void> {
    await this.see('这是你吗？');
    await this.tap('是我，绑定');
    await this.see('面向窗户');
  }

  async readGuide(): Promise<void> {
    await this.tick(/以上都做到了/);
    await this.tap('去拍照');
    await this.phone.page.getByText('拍摄毕业照').waitFor();
  }

  /** The ticks of the last time are still there. */
  async readRulesAgain(): Promise<void> {
    await this.tap('去拍照');
    await this.cameraReady();
  }

  /** Answers the permission windows of the first time. */
  async allowCamera(privacy = true): Promise<void> {
    if (privacy) {
      await this.tap('同意');
    }
    await this.answer('允许');
  }

  async shoot(): Promise<void> {
    await this.cameraReady();
    await this.tap('拍照');
  }

  async cameraReady(): Promise<void> {
    await this.phone.page.locator('[aria-label="拍照"][aria-disabled="false"]').waitFor();
  }

  async confirm(): Promise<void> {
    await this.tap(/满意，确认这张|就用这张，去确认/);
    await this.tap('确认提交');
    await this.see('审核中');
  }

  /** From a phone out of the box to the bound 学籍. */
  async untilBound(): Promise<void> {
    await this.start();
    await this.consent();
    await this.scanCode();
    await this.typeTail();
    await this.bind();
  }

  /** From a phone out of the box to the camera. */
  async untilCamera(): Promise<void> {
    await this.untilBound();
    await this.readGuide();
    await this.allowCamera();
    await this.cameraReady();
  }
}
