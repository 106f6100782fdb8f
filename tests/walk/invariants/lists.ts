/** What holds of the school's list, of the storage and of the staff's rights. */
import { type Invariant } from './invariant';
import { unknownFiles } from '../stored';

/** Every file in the storage is known by a document that leads to its deletion. */
const everyFileIsKnown: Invariant = (stored) => unknownFiles(stored);

/** Who stands on the list that holds has the station and class of it; who does not is marked so. */
const placesFollowTheList: Invariant = ({ batch, plans, submissions, list }) => {
  const version = batch?.roster?.version;
  // While a list is applied, its students are moved one after the other.
  if (version === undefined || plans.some(({ state }) => state === 'applying')) return [];
  const lines = list.filter((line) => line.version === version);
  return submissions
    .filter(({ deletingAt }) => deletingAt === null)
    .filter(({ studentNumber, listed, stationId, className }) => {
      const line = lines.find((one) => one.studentNumber === studentNumber);
      if (line === undefined) return listed;
      return !listed || line.stationId !== stationId || line.className !== className;
    })
    .map(({ studentNumber, listed, stationId, className }) => [studentNumber, listed, stationId, className]);
};

/** The list that holds is whole: as many lines as the batch says. */
const listIsWhole: Invariant = ({ batch, list }) => {
  const roster = batch?.roster;
  if (!roster) return [];
  const lines = list.filter(({ version }) => version === roster.version).length;
  return lines === roster.students ? [] : [[roster, lines]];
};

/** An invitation is worth what its inviter could give: nobody comes in by one whose inviter is gone. */
const invitationsEndWithTheirInviter: Invariant = ({ invitations }, before) =>
  invitations
    .filter(({ usedAt }) => usedAt !== null)
    .filter(({ _id }) => before.invitations.some((one) => one._id === _id && one.usedAt === null))
    .filter(({ invitedBy }) => !before.members.some(({ _id }) => _id === invitedBy))
    .map(({ _id }) => _id);

export const LIST_INVARIANTS = {
  everyFileIsKnown,
  placesFollowTheList,
  listIsWhole,
  invitationsEndWithTheirInviter,
};
