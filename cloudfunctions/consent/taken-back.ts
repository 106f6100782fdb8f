/**
 * Whose consent was taken back, for many people at once: what is passed on in packages asks it. Counts what a person
 * said last, to whichever wording: who agreed to an older one and said nothing since has taken nothing back, and who
 * agreed to everything but the use of the face photo has.
 */
import { type ConsentEvent } from './consent-event';
import { collection, command } from '../platform/database';

interface LastSaid extends Pick<ConsentEvent, 'facePhotoGivenAt'> {
  readonly _id: ConsentEvent['openid'];
}

/** @param openids at most a page of people: all of them stand in one query */
export async function consentTakenBack(openids: readonly string[]): Promise<ReadonlySet<string>> {
  const people = [...new Set(openids)];
  if (people.length === 0) return new Set();
  // One row for each person, however often somebody went back and forth. The index has the events in this order.
  const lastSaid = await collection<ConsentEvent>('consents').aggregate<LastSaid>(
    [
      { $match: { openid: command().in(people) } },
      { $sort: { openid: 1, sequence: 1 } },
      { $group: { _id: '$openid', facePhotoGivenAt: { $last: '$facePhotoGivenAt' } } },
    ],
    people.length,
  );
  return new Set(lastSaid.filter(takesBack).map(({ _id }) => _id));
}

const takesBack = ({ facePhotoGivenAt }: LastSaid): boolean => facePhotoGivenAt === null;
