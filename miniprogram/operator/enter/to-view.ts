/** What the staff's first page shows: a field for the invitation code, or who one is and the ways on. Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import {
  ENTER_WORDS,
  memberName,
  ROLE_WORDS,
  STORED_PEOPLE_WORDS,
  storedPeopleCount,
} from '../../copy/operator-enter-words';
import { Words } from '../../copy/words';
import { PageState } from '../../pages/define-page';
import { Me, MemberView } from '../../shared/contract/operator/access';
import { StaffUseCase } from '../../shared/roles/role-table';
import { StaffRoute } from '../navigation';

export interface EnterState extends PageState {
  readonly me: Me | null;
  readonly code: string;
  /** The person tapped with an empty field. */
  readonly asked: boolean;
  readonly busy: boolean;
  readonly telephone: string;
}

type Entry = Extract<StaffRoute['page'], 'batches' | 'station' | 'members' | 'upkeep'>;

export interface EntryView {
  readonly page: Entry;
  readonly icon: string;
  readonly text: string;
}

export interface EnterView {
  readonly loading: boolean;
  readonly guest: boolean;
  readonly name: string;
  readonly facts: readonly Fact[];
  readonly entries: readonly EntryView[];
  readonly people: string;
  readonly warning: Words | null;
  readonly urgent: boolean;
  readonly code: string;
  readonly missing: string;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

/** Each entry with the use case without which it leads nowhere. */
const ENTRIES: readonly (EntryView & { readonly needs: StaffUseCase })[] = [
  { page: 'batches', icon: 'clock', text: ENTER_WORDS.batches, needs: 'operator.batches' },
  { page: 'station', icon: 'camera', text: ENTER_WORDS.station, needs: 'operator.stationResolve' },
  { page: 'members', icon: 'person', text: ENTER_WORDS.members, needs: 'operator.members' },
  { page: 'upkeep', icon: 'shield', text: ENTER_WORDS.upkeep, needs: 'operator.audit' },
];

export function toView({ me, code, asked, busy, failure, telephone }: EnterState): EnterView {
  const member = me?.member ?? null;
  const people = me?.storedPeople ?? null;
  return {
    loading: me === null && failure === null,
    guest: me !== null && member === null,
    name: member === null ? '' : memberName(member),
    facts: me === null || member === null ? [] : factsOf(me, member),
    entries:
      member === null
        ? []
        : ENTRIES.filter(({ needs }) => me?.mayDo.includes(needs)).map(({ page, icon, text }) => ({
            page,
            icon,
            text,
          })),
    people: people === null ? '' : storedPeopleCount(people.count),
    warning: people === null ? null : STORED_PEOPLE_WORDS[people.warning],
    urgent: people?.warning === 'filing-due',
    code,
    missing: asked && code.trim() === '' ? ENTER_WORDS.needCode : '',
    busy,
    failure: failureView(failure, telephone),
  };
}

function factsOf(me: Me, { membership }: MemberView): Fact[] {
  const role: Fact = { label: ENTER_WORDS.role, value: ROLE_WORDS[membership.role] };
  if (membership.role === 'operator')
    return [role, { label: ENTER_WORDS.school, value: ENTER_WORDS.allSchools }];
  const school = me.schools.find(({ code }) => code === membership.schoolCode);
  const facts = [role, { label: ENTER_WORDS.school, value: school?.name ?? membership.schoolCode }];
  if (membership.role === 'school') return facts;
  const names = me.stations.filter(({ id }) => membership.stationIds.includes(id)).map(({ name }) => name);
  return [...facts, { label: ENTER_WORDS.stations, value: names.join('、') }];
}
