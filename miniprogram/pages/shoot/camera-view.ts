/**
 * What both camera pages, the student's and the station's, show of their camera: whether a photo can be taken, and over
 * a camera that cannot be used the reason with exactly one way on. Pure.
 */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { COMMON_WORDS } from '../../copy/app-words';
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { PageState } from '../define-page';

export interface CameraState extends PageState {
  /** The camera component stands in the page; it is taken out and put back after whatever stopped it. */
  readonly cameraOn: boolean;
  /** The camera has delivered its first picture. */
  readonly ready: boolean;
  readonly taking: boolean;
  readonly telephone: string;
}

export interface CameraView {
  /** Nothing is to be seen yet: WeChat is asked whether it may be opened, or it starts. */
  readonly opening: boolean;
  readonly canShoot: boolean;
  readonly failure: FailureView | null;
  /** Privacy or permission is missing: the page says why the camera is needed. */
  readonly explaining: boolean;
  /** The button that opens the camera anew; empty where the failure's own panel has one. */
  readonly openText: string;
}

export const CAMERA_OFF = { cameraOn: false, ready: false, hint: null, taking: false } as const;

/** The failure's panel covers the camera: nobody takes a photo that they cannot see. */
export function canShoot({ cameraOn, ready, taking, failure }: CameraState): boolean {
  return cameraOn && ready && !taking && failure === null;
}

export function cameraView(state: CameraState): CameraView {
  const failure = failureView(state.failure, state.telephone, 'person');
  const problem = state.failure?.kind === 'problem' ? state.failure.problem : null;
  const explaining = problem === 'privacy-refused' || problem === 'camera-refused';
  const panelLeadsOn = failure === null || failure.needsSettings || failure.canRetry;
  return {
    opening: !state.ready && failure === null,
    canShoot: canShoot(state),
    failure,
    explaining,
    openText: panelLeadsOn ? '' : explaining ? SHOOT_WORDS.allow : COMMON_WORDS.retry,
  };
}
