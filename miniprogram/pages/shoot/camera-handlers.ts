/** What both camera pages do about their camera alike: say why it stopped, and come back from WeChat's settings. */
import { openSettings } from '../../platform/permission';
import { cameraProblem } from '../../services/camera-session';
import { sameFinder } from '../../services/finder';
import { PageFrame } from '../define-page';
import { CameraState } from './camera-view';

interface CameraPage extends PageFrame<CameraState> {
  /** Puts a camera in, also in place of one that failed: only a new component asks for the camera again. */
  openCamera(): Promise<void>;
  removeCamera(): void;
}

/** It broke, or it stopped: a camera that was taken out with its page reports that too, and has no problem. */
export async function onCameraError(this: CameraPage): Promise<void> {
  if (!this.state.cameraOn) return;
  this.removeCamera();
  const same = sameFinder();
  await this.attemptToRead(async () => {
    const problem = await cameraProblem();
    if (same()) throw problem;
  });
}

/** The tap that WeChat wants before it opens its settings; the camera comes back without leaving the page. */
export async function onSettings(this: CameraPage): Promise<void> {
  const state = await openSettings('scope.camera').catch(() => 'refused' as const);
  if (state !== 'refused') await this.openCamera();
}
