/** Members, open invitations, and the form for a new one. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { memberName, ROLE_WORDS } from '../../copy/operator-enter-words';
import { INVITATION_STATE_WORDS, MEMBERS_WORDS } from '../../copy/operator-members-words';
import { momentWords } from '../../copy/time-words';
import { PageState } from '../../pages/define-page';
import {
  CreatedInvitation,
  InvitationView,
  Me,
  MemberView,
  StationView,
} from '../../shared/contract/operator/access';
import { StationId } from '../../shared/identity/ids';
import { MemberRole, Membership } from '../../shared/roles/membership';
import { Choice } from '../components/choice-group/choice';

export interface MembersState extends PageState {
  readonly me: Me | null;
  /** Of the chosen school: an operator has too many to be told all of them at once. */
  readonly schoolStations: readonly StationView[];
  /** The school whose stations are known. */
  readonly stationsOf: string;
  readonly members: readonly MemberView[];
  readonly invitations: readonly InvitationView[];
  readonly role: MemberRole;
  readonly schoolCode: string;
  readonly stationIds: readonly StationId[];
  readonly label: string;
  readonly validHours: string;
  readonly asked: boolean;
  readonly created: CreatedInvitation | null;
  readonly stationCode: string;
  readonly stationName: string;
  readonly stationAsked: boolean;
  readonly busy: boolean;
  readonly telephone: string;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly remark: string;
  readonly canRemove: boolean;
  readonly removeLabel: string;
}

export interface MembersView {
  readonly loading: boolean;
  readonly members: readonly PersonView[];
  readonly invitations: readonly PersonView[];
  readonly roles: readonly Choice[];
  readonly role: string;
  readonly schools: readonly Choice[];
  readonly schoolCode: string;
  readonly stations: readonly { readonly id: string; readonly name: string; readonly checked: boolean }[];
  /** The chosen school is known to have none. */
  readonly noStations: boolean;
  readonly wantsSchool: boolean;
  readonly wantsStations: boolean;
  readonly label: string;
  readonly validHours: string;
  readonly validChoices: readonly Choice[];
  readonly missing: string;
  readonly code: string;
  readonly message: string;
  readonly canAddStation: boolean;
  readonly stationCode: string;
  readonly stationName: string;
  readonly stationMissing: string;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

const VALID: readonly Choice[] = [
  { id: '24', text: MEMBERS_WORDS.hours24 },
  { id: '72', text: MEMBERS_WORDS.hours72 },
  { id: '336', text: MEMBERS_WORDS.hours336 },
];

/** A school invites its own people only; the cloud decides again. */
export function invitableRoles(me: Me | null): MemberRole[] {
  return me?.member?.membership.role === 'operator'
    ? ['station', 'school', 'operator']
    : ['station', 'school'];
}

/** The membership as the form has it; null while something is missing. */
export function chosenMembership(state: MembersState): Membership | null {
  const { role, schoolCode, stationIds } = state;
  if (role === 'operator') return { role };
  if (schoolCode === '') return null;
  if (role === 'school') return { role, schoolCode };
  return stationIds.length === 0 ? null : { role, schoolCode, stationIds };
}

export function missingWords(state: MembersState): string {
  if (state.role !== 'operator' && state.schoolCode === '') return MEMBERS_WORDS.needSchool;
  if (chosenMembership(state) === null) return MEMBERS_WORDS.needStations;
  return state.label.trim() === '' ? MEMBERS_WORDS.needLabel : '';
}

/** What the form says before anybody chose. */
export const FIRST_CHOICES = {
  role: 'station',
  schoolCode: '',
  stationIds: [],
  label: '',
  validHours: '72',
  asked: false,
  stationCode: '',
  stationName: '',
  stationAsked: false,
} as const;

export const REMOVE_QUESTION = {
  title: MEMBERS_WORDS.askRemoveTitle,
  text: MEMBERS_WORDS.askRemoveText,
  yes: MEMBERS_WORDS.askRemoveYes,
  no: MEMBERS_WORDS.askRemoveNo,
} as const;

/** With this station ticked, or with its tick taken away. */
export function toggledStation(chosen: readonly StationId[], id: StationId): readonly StationId[] {
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}

export function toView(state: MembersState): MembersView {
  const { me, role, schoolCode, stationIds, created } = state;
  const inSchool = state.schoolStations.filter((station) => station.schoolCode === schoolCode);
  const known = [...(me?.stations ?? []), ...state.schoolStations];
  return {
    loading: me === null && state.failure === null,
    members: state.members.map((member) => memberView(member, me, known)),
    invitations: state.invitations.map((invitation) => invitationView(invitation, me, known)),
    roles: invitableRoles(me).map((id) => ({ id, text: ROLE_WORDS[id] })),
    role,
    schools: (me?.schools ?? []).map(({ code, name }) => ({ id: code, text: name })),
    schoolCode,
    stations: inSchool.map(({ id, name }) => ({ id, name, checked: stationIds.includes(id) })),
    noStations: state.stationsOf === schoolCode && inSchool.length === 0,
    wantsSchool: role !== 'operator' && (me?.schools.length ?? 0) > 1,
    wantsStations: role === 'station' && schoolCode !== '',
    label: state.label,
    validHours: state.validHours,
    validChoices: VALID,
    missing: state.asked ? missingWords(state) : '',
    code: created?.code ?? '',
    message:
      created === null ? '' : MEMBERS_WORDS.message(created.code, momentWords(created.invitation.expiresAt)),
    canAddStation: schoolCode !== '' && (me?.mayDo.includes('operator.saveStation') ?? false),
    stationCode: state.stationCode,
    stationName: state.stationName,
    stationMissing:
      state.stationAsked && (state.stationCode.trim() === '' || state.stationName.trim() === '')
        ? MEMBERS_WORDS.needStation
        : '',
    busy: state.busy,
    failure: failureView(state.failure, state.telephone),
  };
}

function memberView(member: MemberView, me: Me | null, stations: readonly StationView[]): PersonView {
  const { id, membership, since, isMe } = member;
  const name = memberName(member);
  return {
    id,
    name: isMe ? `${name}（${MEMBERS_WORDS.me}）` : name,
    role: membershipWords(membership, me, stations),
    remark: MEMBERS_WORDS.since(momentWords(since)),
    canRemove: !isMe,
    removeLabel: MEMBERS_WORDS.removeOf(name),
  };
}

function invitationView(
  invitation: InvitationView,
  me: Me | null,
  stations: readonly StationView[],
): PersonView {
  const { id, membership, expiresAt, state } = invitation;
  const name = memberName(invitation);
  const open = state === 'open';
  return {
    id,
    name,
    role: membershipWords(membership, me, stations),
    remark: open ? MEMBERS_WORDS.expires(momentWords(expiresAt)) : INVITATION_STATE_WORDS[state],
    canRemove: open,
    removeLabel: MEMBERS_WORDS.revokeOf(name),
  };
}

function membershipWords(membership: Membership, me: Me | null, stations: readonly StationView[]): string {
  const role = ROLE_WORDS[membership.role];
  if (membership.role === 'operator') return role;
  const school =
    me?.schools.find(({ code }) => code === membership.schoolCode)?.name ?? membership.schoolCode;
  if (membership.role === 'school') return `${role} · ${school}`;
  const own = stations.filter(({ id }) => membership.stationIds.includes(id));
  const names = [...new Set(own.map(({ name }) => name))];
  return `${role} · ${names.length === 0 ? school : names.join('、')}`;
}
