/** Tells a person what is stored about them. Refuses details: the submissions themselves are shown elsewhere. */
import { ownSubmissions } from './own-submission';
import { type PhotoDocument } from './photo-document';
import { isDeletable } from './submission-document';
import { type ConsentEvent } from '../consent/consent-event';
import { collection } from '../platform/database';
import { type Call } from '../requests/call';
import { type StoredData } from '../../miniprogram/shared/contract/student';

export async function readStoredData(call: Call): Promise<StoredData> {
  const { openid } = call;
  const [consents, submissions] = await Promise.all([
    collection<ConsentEvent>('consents').count({ openid }),
    ownSubmissions(openid),
  ]);
  return {
    consents,
    submissions: await Promise.all(
      submissions.map(async (submission) => ({
        id: submission._id,
        photos: await collection<PhotoDocument>('photos').count({ submissionId: submission._id }),
        deletable: isDeletable(submission),
      })),
    ),
  };
}
