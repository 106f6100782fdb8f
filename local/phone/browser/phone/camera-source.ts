/**
 * What a `<camera>` sees: a picture given for the phone, else the webcam. Shows the preview, takes photos
 * at full size and hands out frames for live hints.
 * Refuses to mirror a photo unless it is asked to, and never rotates one.
 */
import { type DecodedCode, decodeCodes } from './decode-codes';
import { fetchFile } from './picture-sources';
import { type PhoneState } from './phone-state';

export interface CameraFrame {
  readonly data: ArrayBuffer;
  readonly width: number;
  readonly height: number;
}

export interface PhotoRequest {
  readonly quality: 'high' | 'normal' | 'low' | 'original';
  readonly mirror: boolean;
}

type Facing = 'front' | 'back';

/** What a camera asks its phone. */
interface CameraHolder {
  readonly state: PhoneState;
  readonly app: { readonly isVisible: boolean };
}

/**
 * Long sides of `onCameraFrame` pictures. The phone's system chooses them; these are of the order that
 * phones were seen to give, in portrait.
 */
const FRAME_LONG_SIDE = { small: 480, medium: 640, large: 1280 } as const;
/** Frames per second: phones give 15–30; the lower bound keeps a slow computer honest. */
const FRAME_INTERVAL_MS = 66;
/** JPEG qualities behind WeChat's three words (its compression is not published). */
const QUALITY = { low: 0.5, normal: 0.75, high: 0.92, original: 1 } as const;

const PORTRAIT_SIZE = { width: { ideal: 1080 }, height: { ideal: 1440 } } as const;
/**
 * A webcam that was let go a moment ago may still be held by the system: Chromium then answers
 * NotReadableError, or AbortError when starting it timed out; `play` is aborted where the browser saves power.
 * All of these pass.
 */
const PASSING_FAILURES = new Set(['NotReadableError', 'AbortError']);
const WEBCAM_ATTEMPTS = 3;
const WEBCAM_PAUSE_MS = 300;

type Drawable = CanvasImageSource & { readonly width: number; readonly height: number };

export class CameraSource {
  readonly video = document.createElement('canvas');
  readonly maximumZoom = 8;
  frameSize: keyof typeof FRAME_LONG_SIDE = 'medium';
  private stream: MediaStream | undefined;
  private readonly webcam = document.createElement('video');
  private picture: ImageBitmap | undefined;
  private pictureAddress: string | undefined;
  private pictureChange: Promise<void> = Promise.resolve();
  private zoom = 1;
  private running = 0;
  /** One wish of the page to see: it may end, and another begin, while the webcam is still being opened. */
  private session: symbol | undefined;
  private opening: Promise<void> = Promise.resolve();

  constructor(
    private readonly phone: CameraHolder,
    private facing: Facing,
  ) {
    this.video.className = 'wx-camera__preview';
    this.video.setAttribute('aria-hidden', 'true');
    this.webcam.muted = true;
    this.webcam.playsInline = true;
  }

  /** @throws what `getUserMedia` throws when there is no webcam to be had */
  start(): Promise<void> {
    const session = (this.session ??= Symbol('camera session'));
    this.opening = this.opening.catch(() => undefined).then(() => this.run(session));
    return this.opening;
  }

  stop(): void {
    this.pause();
    this.picture?.close();
    this.picture = undefined;
    this.pictureAddress = undefined;
  }

  /** The app went to the background: the webcam's light goes out. */
  pause(): void {
    this.session = undefined;
    window.clearInterval(this.running);
    this.running = 0;
    this.release();
  }

  async face(facing: Facing): Promise<void> {
    if (facing === this.facing) return;
    this.facing = facing;
    if (this.phone.state.settings.cameraPicture !== null || !this.session) return;
    this.pause();
    await this.start();
  }

  setZoom(zoom: number): number {
    this.zoom = Math.min(this.maximumZoom, Math.max(1, zoom));
    return this.zoom;
  }

  /** A photo at the source's full size; waits for a webcam that is still being opened. */
  async takePhoto({ quality, mirror }: PhotoRequest): Promise<Blob> {
    await this.opening;
    await this.refreshPicture();
    const view = this.view();
    if (!view) throw new Error('camera is not ready');
    const canvas = new OffscreenCanvas(view.width, view.height);
    this.draw(canvas.getContext('2d'), view, canvas.width, canvas.height, mirror && this.facing === 'front');
    const type = this.phone.state.settings.platform === 'ios' ? 'image/png' : 'image/jpeg';
    return canvas.convertToBlob({ type, quality: QUALITY[quality] });
  }

  /** Sends frames until the returned function is called. */
  onFrame(listener: (frame: CameraFrame) => void): () => void {
    const timer = window.setInterval(() => {
      const frame = this.frame();
      if (frame && this.phone.app.isVisible) listener(frame);
    }, FRAME_INTERVAL_MS);
    return () => {
      window.clearInterval(timer);
    };
  }

  /** One look for a code. */
  async look(): Promise<DecodedCode | undefined> {
    const frame = this.frame();
    if (!frame) return undefined;
    const pixels = new ImageData(new Uint8ClampedArray(frame.data), frame.width, frame.height);
    const [code] = await decodeCodes(pixels);
    return code;
  }

  private async run(session: symbol): Promise<void> {
    if (this.session !== session || this.running !== 0) return;
    await this.open();
    if (this.session !== session) {
      this.release();
      return;
    }
    this.running = window.setInterval(() => {
      this.preview();
    }, FRAME_INTERVAL_MS);
    this.preview();
  }

  private release(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }

  private async open(): Promise<void> {
    await this.refreshPicture();
    if (this.picture) return;
    const facingMode = this.facing === 'front' ? 'user' : 'environment';
    // Portrait first: an ideal landscape size would crop a portrait (measured with Chromium's fake camera).
    this.stream = await openWebcam(this.webcam, { facingMode: { ideal: facingMode }, ...PORTRAIT_SIZE });
  }

  /** Whoever asks while a change is under way waits for that same change. */
  private refreshPicture(): Promise<void> {
    const address = this.phone.state.settings.cameraPicture ?? undefined;
    if (address === this.pictureAddress) return this.pictureChange;
    this.pictureAddress = address;
    this.pictureChange = this.pictureChange.catch(() => undefined).then(() => this.changePicture(address));
    return this.pictureChange;
  }

  private async changePicture(address: string | undefined): Promise<void> {
    const picture = address === undefined ? undefined : await createImageBitmap(await fetchFile(address));
    const previous = this.picture;
    this.picture = picture;
    previous?.close();
  }

  private view(): Drawable | undefined {
    if (this.picture) return this.picture;
    if (this.webcam.videoWidth === 0) return undefined;
    return Object.assign(this.webcam, { width: this.webcam.videoWidth, height: this.webcam.videoHeight });
  }

  private frame(): CameraFrame | undefined {
    const view = this.view();
    if (!view) return undefined;
    const scale = FRAME_LONG_SIDE[this.frameSize] / Math.max(view.width, view.height);
    const width = Math.round(view.width * Math.min(1, scale));
    const height = Math.round(view.height * Math.min(1, scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    this.draw(context, view, width, height, false);
    return { data: context.getImageData(0, 0, width, height).data.buffer, width, height };
  }

  /** WeChat fills the component with the middle of the picture; the selfie preview is a mirror. */
  private preview(): void {
    if (this.phone.state.settings.cameraPicture !== (this.pictureAddress ?? null)) void this.refreshPicture();
    const view = this.view();
    const context = this.video.getContext('2d');
    const box = this.video.parentElement?.getBoundingClientRect();
    if (!view || !context || !box || box.width === 0) return;
    const ratio = Math.min(2, window.devicePixelRatio);
    this.video.width = Math.round(box.width * ratio);
    this.video.height = Math.round(box.height * ratio);
    this.draw(context, view, this.video.width, this.video.height, this.facing === 'front');
  }

  private draw(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null,
    view: Drawable,
    width: number,
    height: number,
    mirror: boolean,
  ): void {
    if (!context) return;
    const scale = Math.max(width / view.width, height / view.height) * this.zoom;
    const drawnWidth = view.width * scale;
    const drawnHeight = view.height * scale;
    context.save();
    if (mirror) {
      context.translate(width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(view, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
    context.restore();
  }
}

async function openWebcam(webcam: HTMLVideoElement, video: MediaTrackConstraints): Promise<MediaStream> {
  for (let attempt = 1; ; attempt += 1) {
    let stream: MediaStream | undefined;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video });
      webcam.srcObject = stream;
      await webcam.play();
      return stream;
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      const passing = error instanceof DOMException && PASSING_FAILURES.has(error.name);
      if (!passing || attempt === WEBCAM_ATTEMPTS) throw error;
      await new Promise((resolve) => window.setTimeout(resolve, WEBCAM_PAUSE_MS));
    }
  }
}
