/** Imports the school's list: a dry run that changes nothing, then exactly that plan. */
import { ROSTER_PAGE_WORDS, TEMPLATE_HEADINGS } from '../../copy/operator-roster-words';
import { Query, definePage } from '../../pages/define-page';
import { uploadToCloud } from '../../platform/cloud';
import { say } from '../../platform/feedback';
import { bringIntoSight } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { FileId } from '../../shared/identity/ids';
import { RosterField } from '../../shared/roster/roster-fields';
import { batchIn, replaceWithStaff } from '../navigation';
import { chooseRosterFile } from '../platform/choose-roster-file';
import { copyText } from '../platform/clipboard';
import { operatorService } from '../services/staff-services';
import { RosterState, UNUSED, toView, withColumn } from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;

const NO_PLAN = { plan: null, findings: [], findingPage: 0, findingPages: 0, differences: null } as const;
let open = false;

definePage({
  initial: (): RosterState => ({
    batchId: null,
    fileName: '',
    uploaded: null,
    names: 'masked',
    badRows: 'stop',
    mapping: {},
    changing: null,
    ...NO_PLAN,
    step: null,
    asked: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: ROSTER_PAGE_WORDS,
  handlers: {
    onLoad(query: Query) {
      open = true;
      const batchId = batchIn(query);
      if (batchId === null) replaceWithStaff({ page: 'batches' });
      this.update({ batchId });
    },
    onUnload() {
      open = false;
    },
    onTemplate() {
      return this.attempt(async () => {
        await copyText(TEMPLATE_HEADINGS);
        say(ROSTER_PAGE_WORDS.copiedTemplate);
      });
    },
    async onChoose() {
      const { batchId } = this.state;
      await this.attempt(
        async () => {
          if (batchId === null) return;
          const { path, name, extension } = await chooseRosterFile();
          this.update({
            ...NO_PLAN,
            uploaded: null,
            mapping: {},
            fileName: name,
            step: 'uploading',
            asked: false,
          });
          const ticket = await operatorService.prepareRosterUpload({ batchId, extension });
          const fileId = await uploadToCloud(ticket.cloudPath, path, () => undefined).done;
          this.update({ uploaded: { uploadId: ticket.uploadId, fileId: fileId as FileId } });
        },
        { step: null },
      );
    },
    onNames({ detail }: Changed) {
      this.update({ names: detail.value as RosterState['names'], ...NO_PLAN });
    },
    onBadRows({ detail }: Changed) {
      this.update({ badRows: detail.value as RosterState['badRows'], ...NO_PLAN });
    },
    async onCheck() {
      this.update({ asked: true });
      const { batchId, uploaded, mapping, names, badRows } = this.state;
      if (batchId === null || uploaded === null) return;
      this.update({ ...NO_PLAN, step: 'checking', changing: null });
      await this.attempt(
        async () => {
          const options = { mapping, names, badRows };
          const plan = await operatorService.checkRoster({ batchId, ...uploaded, options });
          const { findings, pages } = await operatorService.rosterFindings({ planId: plan.id, page: 0 });
          this.update({ plan, findings, findingPages: pages });
          bringIntoSight('.plan');
        },
        { step: null },
      );
    },
    onHeading({ currentTarget, detail }: Changed) {
      const field = currentTarget.dataset['field'] as RosterField;
      const cleared = Object.fromEntries(
        Object.entries(this.state.mapping).filter(([, its]) => its !== field),
      );
      this.update({ mapping: withColumn(cleared, detail.value.trim(), field) });
    },
    onColumn({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const heading = currentTarget.dataset['heading'] as string;
      this.update({ changing: this.state.changing === heading ? null : heading });
    },
    onColumnField({ detail }: Changed) {
      const { changing, mapping } = this.state;
      if (changing === null) return;
      const field = detail.value === UNUSED ? null : (detail.value as RosterField);
      this.update({ mapping: withColumn(mapping, changing, field), changing: null });
    },
    onMoreFindings() {
      const { plan, findings, findingPage } = this.state;
      return this.attempt(async () => {
        if (plan === null) return;
        const page = findingPage + 1;
        const more = await operatorService.rosterFindings({ planId: plan.id, page });
        this.update({ findings: [...findings, ...more.findings], findingPage: page });
      });
    },
    onDifferences() {
      const { plan } = this.state;
      return this.attempt(async () => {
        if (plan === null) return;
        const { differences } = await operatorService.rosterDifferences({ planId: plan.id, page: 0 });
        this.update({ differences });
      });
    },
    async onApply() {
      const { plan } = this.state;
      if (plan === null) return;
      this.update({ step: 'applying' });
      await this.attempt(
        async () => {
          const request = { planId: plan.id, digest: plan.digest };
          let now = await operatorService.applyRoster(request);
          while (now.state === 'applying' && open) {
            this.update({ plan: now });
            now = await operatorService.applyRoster(request);
          }
          this.update({ plan: now });
        },
        { step: null },
      );
    },
    onBack: goBack,
  },
});
