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

definePage({
  initial: (): RosterState => ({ ...NOTHING_CHOSEN, telephone: supportTelephone() }),
  toView,
  words: ROSTER_PAGE_WORDS,
  handlers: {
    onLoad(query: Query) {
      const batchId = batchToWorkOn(query);
      this.update({ batchId });
    },
    onHeadings() {
      return this.attemptToRead(copyHeadings);
    },
    onTemplate({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const { batchId } = this.state;
      const format = currentTarget.dataset['format'] as 'xlsx' | 'csv';
      return this.attemptToRead(async () => {
        if (batchId !== null) await copyTemplateLink(batchId, format);
      });
    },
    onChoose() {
      const before = this.state.file;
      return this.attemptToRead(
        async () => {
          const file = await chooseRosterFile();
          this.edit({ ...NO_PLAN, ...NO_FILE, file, mapping: {} });
        },
        {},
        () => (this.state.file === before ? undefined : this.sendList()),
      );
    },
    async sendList() {
      if (this.state.step !== null) return;
      this.update({ step: 'uploading' });
      await this.attemptToRead(() => this.upload(), { step: null });
    },
    /** A list whose upload broke off stays chosen and is sent again. */
    async upload() {
      const { batchId, file, uploaded } = this.state;
      if (batchId === null || file === null || uploaded !== null) return;
      const arrived = await uploadList(batchId, file);
      if (this.state.file === file) this.update({ uploaded: arrived });
    },
    onNames({ detail }: Changed) {
      this.edit({ names: detail.value as RosterState['names'], ...NO_PLAN });
    },
    onBadRows({ detail }: Changed) {
      this.edit({ badRows: detail.value as RosterState['badRows'], ...NO_PLAN });
    },
    async onCheck() {
      if (this.state.step !== null || !this.edit({ ...NO_PLAN, changing: null })) return;
      this.update({ step: 'checking' });
      await this.attemptToAsk(
        async (send) => {
          await this.upload();
          const { batchId, uploaded, mapping, names, badRows } = this.state;
          if (batchId === null || uploaded === null) return {};
          const options = { mapping, names, badRows };
          const plan = await send(operatorService.checkRoster, { batchId, ...uploaded, options });
          const { findings, pages } = await operatorService.rosterFindings({ planId: plan.id, page: 0 });
          return { plan, findings, findingPages: pages };
        },
        { step: null },
        () => {
          this.forgetGoneList();
          if (this.state.plan !== null) bringIntoSight('.plan');
        },
      );
    },
    /** The cloud deletes a list with its refusal. */
    forgetGoneList() {
      const { failure } = this.state;
      if (failure?.kind === 'refused' && listIsGoneAfter(failure.code)) this.update(NO_FILE);
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
      this.edit({ mapping: withColumn(mapping, changing, field), changing: null });
    },
    onMoreFindings() {
      const { plan, findings, findingPage } = this.state;
      return this.attemptToAsk(async () => {
        if (plan === null) return {};
        const page = findingPage + 1;
        const more = await operatorService.rosterFindings({ planId: plan.id, page });
        return { findings: [...findings, ...more.findings], findingPage: page };
      });
    },
    onDifferences() {
      const { plan, differences, differencePage } = this.state;
      return this.attemptToAsk(async () => {
        if (plan === null) return {};
        const page = differencePage + 1;
        const more = await operatorService.rosterDifferences({ planId: plan.id, page });
        return {
          differences: [...differences, ...more.differences],
          differencePage: page,
          differencePages: more.pages,
        };
      });
    },
    async onApply() {
      const { plan, step } = this.state;
      if (plan === null || step !== null) return;
      this.update({ step: 'applying' });
      const show = (now: RosterPlan) => {
        this.update({ plan: now });
      };
      const apply = () => applyInSlices(plan, show, () => !this.closed);
      await this.attempt(apply, { step: null }, () => {
        this.forgetGoneList();
      });
    },
    onBack: goBack,
  },
});
