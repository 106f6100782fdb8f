/** WeChat's subscription messages. Refuses to throw for one person: that nobody can be told is an answer too. */
import { sdk } from './sdk';

/** WeChat's values for each place of the template. */
export type MessageData = Readonly<Record<string, { readonly value: string }>>;

/** @returns whether WeChat took the message */
export async function sendSubscriptionMessage(
  openid: string,
  templateId: string,
  data: MessageData,
): Promise<boolean> {
  try {
    const { openapi } = sdk() as unknown as { readonly openapi: OpenApi };
    const answer = await openapi.subscribeMessage.send({ touser: openid, templateId, data });
    return answer.errCode === 0;
  } catch {
    // Refused by the person (43101), a template that is gone, no network: none of it is ours to mend here.
    return false;
  }
}

/** The part of the SDK's generic `openapi` that is used. */
interface OpenApi {
  readonly subscribeMessage: {
    send(message: {
      readonly touser: string;
      readonly templateId: string;
      readonly data: MessageData;
    }): Promise<{ readonly errCode: number }>;
  };
}
