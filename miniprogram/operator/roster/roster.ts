/** Imports the school's list: a dry run that changes nothing, then exactly that plan. */
import { ROSTER_PAGE_WORDS } from '../../copy/operator-roster-words';
import { Query, definePage } from '../../pages/define-page';
import { bringIntoSight } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { RosterPlan } from '../../shared/contract/operator/roster';
import { listIsGoneAfter } from '../../shared/roster/refused-list';
import { RosterField } from '../../shared/roster/roster-fields';
import { batchToWorkOn } from '../navigation';
import { chooseRosterFile } from '../platform/choose-roster-file';
import { operatorService } from '../services/staff-services';
import { applyInSlices, copyHeadings, copyTemplateLink, uploadList } from './list-file';
import {
  NOTHING_CHOSEN,
  NO_FILE,
  NO_PLAN,
  RosterState,
  UNUSED,
  toView,
  withColumn,
  withHeading,
} from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;

let open = false;

definePage({
  initial: (): RosterState => ({ ...NOTHING_CHOSEN, telephone: supportTelephone() }),
  toView,
  words: ROSTER_PAGE_WORDS,
  handlers: {
    onLoad(query: Query) {
      open = true;
      const batchId = batchToWorkOn(query);
      this.update({ batchId });
    },
    onUnload() {
      open = false;
    },
    async doing(step: RosterState['step'], work: () => Promise<void>): Promise<void> {
      if (this.state.step !== null) return;
      this.update({ step });
      await this.attempt(work, { step: null }, () => {
        const { failure } = this.state;
        if (failure?.kind === 'refused' && listIsGoneAfter(failure.code)) this.update(NO_FILE);
      });
    },
    onHeadings() {
      return this.doing(null, copyHeadings);
    },
    onTemplate({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { batchId } = this.state;
      const format = currentTarget.dataset['format'] as 'xlsx' | 'csv';
      return this.doing(null, async () => {
        if (batchId !== null) await copyTemplateLink(batchId, format);
      });
    },
    onChoose() {
      return this.doing(null, async () => {
        const file = await chooseRosterFile();
        this.update({ ...NO_PLAN, ...NO_FILE, file, mapping: {} });
        await this.doing('uploading', () => this.upload());
      });
    },
    /** A list whose upload broke off stays chosen and is sent again. */
    async upload() {
      const { batchId, file, uploaded } = this.state;
      if (batchId === null || file === null || uploaded !== null) return;
      this.update({ uploaded: await uploadList(batchId, file) });
    },
    onNames({ detail }: Changed) {
      this.update({ names: detail.value as RosterState['names'], ...NO_PLAN });
    },
    onBadRows({ detail }: Changed) {
      this.update({ badRows: detail.value as RosterState['badRows'], ...NO_PLAN });
    },
    async onCheck() {
      if (this.state.step !== null) return;
      this.update({ ...NO_PLAN, changing: null });
      await this.doing('checking', async () => {
        await this.upload();
        const { batchId, uploaded, mapping, names, badRows } = this.state;
        if (batchId === null || uploaded === null) return;
        const options = { mapping, names, badRows };
        const plan = await operatorService.checkRoster({ batchId, ...uploaded, options });
        const { findings, pages } = await operatorService.rosterFindings({ planId: plan.id, page: 0 });
        this.update({ plan, findings, findingPages: pages });
        bringIntoSight('.plan');
      });
    },
    onHeading({ currentTarget, detail }: Changed) {
      const field = currentTarget.dataset['field'] as RosterField;
      this.update({ mapping: withHeading(this.state.mapping, detail.value, field) });
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
      return this.doing(null, async () => {
        const { plan, findings, findingPage } = this.state;
        if (plan === null) return;
        const page = findingPage + 1;
        const more = await operatorService.rosterFindings({ planId: plan.id, page });
        this.update({ findings: [...findings, ...more.findings], findingPage: page });
      });
    },
    onDifferences() {
      return this.doing(null, async () => {
        const { plan } = this.state;
        if (plan === null) return;
        const { differences } = await operatorService.rosterDifferences({ planId: plan.id, page: 0 });
        this.update({ differences });
      });
    },
    onApply() {
      return this.doing('applying', async () => {
        const { plan } = this.state;
        if (plan === null) return;
        const show = (now: RosterPlan) => {
          this.update({ plan: now });
        };
        await applyInSlices(plan, show, () => open);
      });
    },
    onBack: goBack,
  },
});
