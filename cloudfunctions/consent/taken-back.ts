/**
 * Whose consent was taken back, for many people at once: what is passed on in packages asks it. Counts what a person
 * said last, to whichever wording: who agreed to an older one and said nothing since has taken nothing back, and who
 * agreed to everything but the use of the face photo has.
 */
import { type ConsentEvent } from './consent-event';
import { collection, command, type Filter } from '../platform/database';

/** @param openids at most a page of people: all of them stand in one query */
export async function consentTakenBack(openids: readonly string[]): Promise<ReadonlySet<string>> {
  // Nearly nobody ever takes anything back: only those few are looked at in full.
  const everTakenBack = await newestEvents({
    openid: command().in([...new Set(openids)]),
    facePhotoGivenAt: null,
  });
  if (everTakenBack.size === 0) return new Set();
  const newest = await newestEvents({ openid: command().in([...everTakenBack.keys()]) });
  return new Set([...newest.values()].filter(takesBack).map(({ openid }) => openid));
}

const takesBack = ({ facePhotoGivenAt }: ConsentEvent): boolean => facePhotoGivenAt === null;

/** The newest of the events that match, by person. */
async function newestEvents(filter: Filter<ConsentEvent>): Promise<ReadonlyMap<string, ConsentEvent>> {
  const newest = new Map<string, ConsentEvent>();
  for await (const page of collection<ConsentEvent>('consents').pages(filter)) {
    for (const event of page) {
      const known = newest.get(event.openid);
      if (known === undefined || known.sequence < event.sequence) newest.set(event.openid, event);
    }
  }
  return newest;
}
