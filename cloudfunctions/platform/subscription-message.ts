/** WeChat's subscription messages. Refuses to throw for one person: that nobody can be told is an answer too. */
import { sdk } from './sdk';

/** WeChat's values for each place of the template. */
export type MessageData = Readonly<Record<string, { readonly value: string }>>;

export interface SubscriptionMessage {
  readonly templateId: string;
  /** Where a tap on the message leads; without it a message leads nowhere. */
  readonly page: string;
  readonly data: MessageData;
}

/** not-allowed: WeChat knows of no yes by this person (any more), whatever we remember. */
export type MessageOutcome = 'sent' | 'not-allowed' | 'failed';

/** The person never agreed, took it back in WeChat's settings, or the agreement is used up. */
const NOT_ALLOWED = 43101;

export async function sendSubscriptionMessage(
  openid: string,
  message: SubscriptionMessage,
): Promise<MessageOutcome> {
  try {
    const { openapi } = sdk() as unknown as { readonly openapi: OpenApi };
    const { errCode } = await openapi.subscribeMessage.send({ touser: openid, ...message });
    return errCode === 0 ? 'sent' : 'failed';
  } catch (error) {
    // A template that is gone, a place that does not exist, no network: none of it is ours to mend here.
    return (error as { readonly errCode?: unknown }).errCode === NOT_ALLOWED ? 'not-allowed' : 'failed';
  }
}

/** The part of the SDK's generic `openapi` that is used. */
interface OpenApi {
  readonly subscribeMessage: {
    send(message: SubscriptionMessage & { readonly touser: string }): Promise<{ readonly errCode: number }>;
  };
}
