/**
 * The finder of a camera page: the live hint while its camera delivers pictures, and whether it is still the same
 * camera. WeChat takes the camera away from a hidden page, and another one is put in later: what the first one said
 * must not be taken for the second one's word. One camera page is open at a time.
 */
import { vibrateLightly } from '../platform/feedback';
import { LiveHint } from '../shared/framing/live-hint';
import { PhotoSettings, photoStandardFor } from '../shared/photo-standard/photo-standard';
import { LiveGuidance, ViewSize, startLiveGuidance } from './live-guidance';

let guidance: LiveGuidance | null = null;
let cameras = 0;

/**
 * @param settings the rules of the batch that the photo is for; null before they are known
 * @param withFaces also guide by the place of the face
 */
export function startFinder(
  settings: PhotoSettings | null,
  view: ViewSize,
  withFaces: boolean,
  show: (hint: LiveHint) => void,
): void {
  guidance?.stop();
  guidance = startLiveGuidance(photoStandardFor(settings ?? undefined), view, withFaces, (hint) => {
    if (hint === 'ready') vibrateLightly();
    show(hint);
  });
}

/** The camera is taken out, or given up before it came. */
export function closeFinder(): void {
  cameras += 1;
  guidance?.stop();
  guidance = null;
}

/** To be asked after something was waited for: whether no camera was taken out meanwhile. */
export function sameFinder(): () => boolean {
  const mine = cameras;
  return () => mine === cameras;
}
