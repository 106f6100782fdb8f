/**
 * The scanner that `wx.scanCode` opens: looks through the camera until it sees a code, or reads a picture that the
 * person chooses. Without a webcam only the picture is left, and it says so.
 */
import { CameraSource } from './camera-source';
import { type DecodedCode, decodeCodes } from './decode-codes';
import { type Phone } from './phone';

/** Time between two looks; reading a frame takes about as long. */
const LOOK_MS = 200;

type Answer = 'cancel' | 'choose' | 'found';

/** @param mayChoose whether the album is offered beside the camera @returns undefined when the person gave up */
export async function scan(phone: Phone, mayChoose: boolean): Promise<DecodedCode | undefined> {
  const camera = new CameraSource(phone, 'back');
  const finder = document.createElement('div');
  finder.className = 'phone-scanner';
  finder.append(camera.video);
  const started = camera.start().then(
    () => true,
    () => {
      finder.textContent = '这台电脑没有摄像头，请选择二维码图片。';
      return false;
    },
  );
  let found: DecodedCode | undefined;
  const giveUp = new AbortController();
  const lookOn = async (tell: () => void): Promise<void> => {
    if (!(await started)) return;
    while (!giveUp.signal.aborted && !found) {
      found = await camera.look();
      await new Promise((resolve) => window.setTimeout(resolve, LOOK_MS));
    }
    tell();
  };
  const seen = new Promise<void>((resolve) => void lookOn(resolve));
  const question = phone.dialogs.ask<Answer>({
    title: '扫一扫',
    body: finder,
    buttons: [
      { text: '取消', answer: 'cancel' },
      // A computer without a camera could not go on otherwise.
      ...(mayChoose || !(await started)
        ? [{ text: '选择图片', answer: 'choose', kind: 'primary' } as const]
        : []),
    ],
    dismiss: 'cancel',
    close: { when: seen, answer: 'found' },
  });
  const { answer } = await question;
  giveUp.abort();
  camera.stop();
  if (answer !== 'choose') return found;
  const [file] = await phone.pictures.choose(1, 'image/*');
  return file && firstCode(file);
}

export async function firstCode(picture: Blob | ImageData): Promise<DecodedCode | undefined> {
  const [code] = await decodeCodes(picture);
  return code;
}
