/**
 * The requests of one step of a page, each under its key. Whoever taps again because an answer was lost means the same
 * request, whether by the failure panel or by the button itself, here or on the page opened anew: an equal request is
 * sent under the key it had, until something that was sent is answered. From then on the same words are a new wish:
 * an undoing lies between two equal decisions. What only reads is sent here too where it tells how a lost request ended.
 * Refuses to know what a request is about.
 */
import { Failure, saysHowItEnded } from '../shared/failure';
import { newRequestKey } from './request-key';

/** Sends a request of a step, under its own key or under that of an equal one whose answer was lost. */
export type Send = <Request, Data>(
  call: (request: Request, requestKey: string) => Promise<Data>,
  request: Request,
) => Promise<Data>;

interface SentRequest {
  /** The service's method: two actions with equal content are two requests. */
  readonly call: unknown;
  readonly content: string;
  readonly key: string;
}

/** Of all pages: a wish does not end with the page. In memory only, for contents may be personal. */
let unanswered: readonly SentRequest[] = [];

export class StepRequests {
  /** A step of several requests that broke off behind the first must find that one answered as before. */
  private sent: readonly SentRequest[] = [];

  readonly send: Send = (call, request) => {
    const content = JSON.stringify(request);
    const isEqual = (one: SentRequest): boolean => one.call === call && one.content === content;
    const known = this.sent.find(isEqual) ?? unanswered.find(isEqual);
    const sending = known ?? { call, content, key: newRequestKey() };
    this.sent = union(this.sent, [sending]);
    unanswered = union(unanswered, [sending]);
    return call(request, sending.key);
  };

  /** The step is done, or refused for good: whatever is sent from now on is another wish. */
  answered(): void {
    if (this.sent.length > 0) [this.sent, unanswered] = [[], []];
  }

  /** Something stopped the step. Only a refusal says how it ended; what passes by itself leaves that open. */
  stoppedBy(failure: Failure | null): void {
    if (failure !== null && saysHowItEnded(failure)) this.answered();
    // Another step's answer may have made them forgotten while this one was still under way.
    else unanswered = union(unanswered, this.sent);
  }
}

function union(some: readonly SentRequest[], others: readonly SentRequest[]): readonly SentRequest[] {
  return [...new Set([...some, ...others])];
}
