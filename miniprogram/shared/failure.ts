/**
 * Everything that can stop a step, in the one form that pages show: a refusal of the cloud, a problem on the phone,
 * or a bug. Plain data, so that words and pages need nothing else. Refuses words; `copy/failure-words.ts` has them.
 */
import { ErrorCode, ErrorDetails } from './errors';

/** What can go wrong on the phone itself, apart from the cloud's refusals. */
export type Problem =
  | 'offline' // no network, or it broke off
  | 'timed-out'
  | 'server-trouble' // the cloud itself could not run the function
  | 'privacy-refused' // WeChat's privacy guideline was not agreed to
  | 'camera-refused' // scope.camera is off
  | 'camera-unavailable' // no camera, or another app holds it
  | 'album-refused' // scope.writePhotosAlbum is off
  | 'picture-unreadable' // the chosen or taken picture cannot be opened
  | 'storage-full' // no room on the phone
  | 'file-lost' // a kept file is gone
  | 'unsupported' // this WeChat is too old for the function
  | 'unexpected'; // anything else that the phone reports

export type Failure =
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly details: ErrorDetails;
      /** Finds the call in the cloud's log. */
      readonly requestId: string;
    }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'bug' };

/** Only a refusal says how a request ended; after what passes by itself it may have arrived. */
export function saysHowItEnded(failure: Failure): boolean {
  return failure.kind === 'refused' && !isPassing(failure);
}

/** A failure that goes away by itself: the same request may be sent again later. */
export function isPassing(failure: Failure): boolean {
  if (failure.kind === 'problem') return ['offline', 'timed-out', 'server-trouble'].includes(failure.problem);
  if (failure.kind !== 'refused') return false;
  // The same change of a batch, made for what it was before, is refused for ever.
  if (failure.code === 'CONFLICT') return failure.details['reason'] !== 'batch-changed';
  return ['TEMPORARILY_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'INTERNAL'].includes(failure.code);
}
