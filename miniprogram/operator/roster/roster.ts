/** Imports the school's list: a dry run that changes nothing, then exactly that plan. */
import { ROSTER_PAGE_WORDS } from '../../copy/operator-roster-words';
import { Query, definePage } from '../../pages/define-page';
import { bringIntoSight } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { RosterPlan } from '../../shared/contract/operator/roster';
import { RosterField } from '../../shared/roster/roster-fields';
import { batchToWorkOn } from '../navigation';
import { chooseRosterFile } from '../platform/choose-roster-file';
import { operatorService } from '../services/staff-services';
import { applyInSlices, copyHeadings, copyTemplateLink, uploadList } from './list-file';
import { NOTHING_CHOSEN, NO_PLAN, RosterState, UNUSED, toView, withColumn, withHeading } from './to-view';

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
    onHeadings() {
      return this.attempt(copyHeadings);
    },
    onTemplate({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { batchId } = this.state;
      const format = currentTarget.dataset['format'] as 'xlsx' | 'csv';
      return this.attempt(async () => {
        if (batchId !== null) await copyTemplateLink(batchId, format);
      });
    },
    async onChoose() {
      const { batchId } = this.state;
      await this.attempt(
        async () => {
          if (batchId === null) return;
          const chosen = await chooseRosterFile();
          const fresh = { ...NO_PLAN, uploaded: null, mapping: {}, asked: false };
          this.update({ ...fresh, fileName: chosen.name, step: 'uploading' });
          this.update({ uploaded: await uploadList(batchId, chosen) });
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
          const show = (now: RosterPlan) => {
            this.update({ plan: now });
          };
          await applyInSlices(plan, show, () => open);
        },
        { step: null },
      );
    },
    onBack: goBack,
  },
});
