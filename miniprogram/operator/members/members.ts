/** Members of the own reach: see, invite, remove. An invitation's code is shown once. */
import { MEMBERS_WORDS } from '../../copy/operator-members-words';
import { definePage } from '../../pages/define-page';
import { ask, say } from '../../platform/feedback';
import { bringIntoSight } from '../../platform/measure';
import { answerIfAsked } from '../../services/answer-if-asked';
import { supportTelephone } from '../../services/overview-store';
import { InvitationId, MemberId, StationId } from '../../shared/identity/ids';
import { copyText } from '../platform/clipboard';
import { loadMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import {
  FIRST_CHOICES,
  MembersState,
  REMOVE_QUESTION,
  chosenMembership,
  missingWords,
  toView,
  toggledStation,
} from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;
type Field = 'role' | 'schoolCode' | 'label' | 'validHours' | 'stationCode' | 'stationName';

definePage({
  initial: (): MembersState => ({
    me: null,
    schoolStations: [],
    stationsOf: '',
    members: [],
    invitations: [],
    ...FIRST_CHOICES,
    created: null,
    busy: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: MEMBERS_WORDS,
  handlers: {
    onLoad() {
      return this.load();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        const [me, { members }, { invitations }] = await Promise.all([
          loadMe(),
          operatorService.members({}),
          operatorService.invitations({}),
        ]);
        const only = me.schools.length === 1 ? (me.schools[0]?.code ?? '') : this.state.schoolCode;
        this.update({ me, members, invitations, schoolCode: only });
        await this.readStations();
      });
    },
    async readStations() {
      const { schoolCode } = this.state;
      if (schoolCode === '') return;
      const isAsked = () => schoolCode === this.state.schoolCode;
      const answer = await answerIfAsked(operatorService.stations({ schoolCode }), isAsked);
      if (answer !== null) this.update({ schoolStations: answer.stations, stationsOf: schoolCode });
    },
    onField({ currentTarget, detail }: Changed) {
      const field = currentTarget.dataset['field'] as Field;
      const isSchool = field === 'schoolCode';
      const isTaken = this.edit({ [field]: detail.value, ...(isSchool && { stationIds: [] }) });
      if (isSchool && isTaken) return this.attemptToRead(() => this.readStations());
    },
    onStation({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as StationId;
      this.edit({ stationIds: toggledStation(this.state.stationIds, id) });
    },
    async onInvite() {
      this.update({ asked: true });
      const membership = chosenMembership(this.state);
      const { label, validHours } = this.state;
      if (membership === null || missingWords(this.state) !== '') return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          const request = { membership, label: label.trim(), validHours: Number(validHours) };
          const created = await send(operatorService.createInvitation, request);
          // First of all: nothing can bring this code back, while the list can be read again.
          this.update({ created, asked: false, label: '' });
          bringIntoSight('.created');
        },
        { busy: false },
        () => (this.state.failure === null ? this.readInvitations() : undefined),
      );
    },
    /** A step of its own: done again, it must not invite anybody a second time. */
    readInvitations(): Promise<void> {
      return this.attemptToRead(async () => {
        this.update({ invitations: (await operatorService.invitations({})).invitations });
      });
    },
    onCopy() {
      return this.attemptToRead(async () => {
        await copyText(toView(this.state).message);
        say(MEMBERS_WORDS.copied);
      });
    },
    async onRemove({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const memberId = currentTarget.dataset['id'] as MemberId;
      if (!(await ask(REMOVE_QUESTION))) return;
      await this.attempt(async (send) => {
        const { members } = await send(operatorService.removeMember, { memberId });
        this.update({ members });
        // What the removed person had handed out was taken back with the membership.
        this.update({ invitations: (await operatorService.invitations({})).invitations });
      });
    },
    onRevoke({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const invitationId = currentTarget.dataset['id'] as InvitationId;
      return this.attempt(async (send) => {
        await send(operatorService.revokeInvitation, { invitationId });
        this.update({ invitations: (await operatorService.invitations({})).invitations });
      });
    },
    async onAddStation() {
      this.update({ stationAsked: true });
      const { schoolCode, stationCode, stationName } = this.state;
      const [code, name] = [stationCode.trim(), stationName.trim()];
      if (code === '' || name === '') return;
      await this.attempt(async (send) => {
        await send(operatorService.saveStation, { schoolCode, code, name });
        this.update({ stationCode: '', stationName: '', stationAsked: false, me: await loadMe() });
        await this.readStations();
      });
    },
  },
});
