/** Creates a batch, copies last year's, or changes one. The same rules check here and in the cloud. */
import { BATCH_EDIT_WORDS } from '../../copy/operator-batch-words';
import { Query, definePage } from '../../pages/define-page';
import { bringIntoSight } from '../../platform/measure';
import { goBack } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { Send } from '../../services/step-requests';
import { nextYear } from '../../shared/batch/next-year';
import { saysHowItEnded } from '../../shared/failure';
import { CheckId } from '../../shared/verdict/check-ids';
import { batchIn, openStaff, replaceWithStaff } from '../navigation';
import { knownMe, loadMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { BatchForm, CohortForm, changesOf, emptyForm, fieldsOf, formOf, problemIn } from './batch-form';
import { withAnotherCohort, withCheck, withCohortField, withoutCohort } from './change-form';
import { BatchEditState, NEW_SCHOOL, toView } from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;
type Ticked = WechatMiniprogram.CustomEvent<{ checked: boolean }>;

definePage({
  initial: (): BatchEditState => ({
    batchId: null,
    mode: 'new',
    me: null,
    before: null,
    basis: null,
    form: null,
    problem: null,
    maybeCreated: false,
    checksOpen: false,
    busy: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: BATCH_EDIT_WORDS,
  handlers: {
    onLoad(query: Query) {
      const batchId = batchIn(query);
      const mode = batchId === null ? 'new' : query['copy'] === '1' ? 'copy' : 'edit';
      this.update({ batchId, mode });
      return this.load();
    },
    load(): Promise<void> {
      const { batchId, mode } = this.state;
      return this.attemptToRead(async () => {
        const me = await knownMe();
        if (batchId === null) {
          this.update({ me, form: emptyForm(me.schools[0]?.code ?? '') });
          return;
        }
        const batch = await operatorService.batch({ batchId });
        const basis = mode === 'copy' ? nextYear(batch) : batch;
        this.update({ me, form: formOf(basis), basis, before: mode === 'edit' ? batch : null });
      });
    },
    change(partOf: (form: BatchForm) => Partial<BatchForm>) {
      const { form } = this.state;
      if (form !== null) this.edit({ form: { ...form, ...partOf(form) }, problem: null });
    },
    onField({ currentTarget, detail }: Changed) {
      this.change(() => ({ [currentTarget.dataset['field'] as keyof BatchForm]: detail.value }));
    },
    onTick({ currentTarget, detail }: Ticked) {
      this.change(() => ({ [currentTarget.dataset['field'] as keyof BatchForm]: detail.checked }));
    },
    onSchool({ detail }: Changed) {
      this.change(() => ({ schoolCode: detail.value === NEW_SCHOOL ? '' : detail.value }));
    },
    onCohort({ currentTarget, detail }: Changed) {
      const { index, field } = currentTarget.dataset;
      this.change((form) => withCohortField(form, Number(index), field as keyof CohortForm, detail.value));
    },
    onAddCohort() {
      this.change(withAnotherCohort);
    },
    onRemoveCohort({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.change((form) => withoutCohort(form, Number(currentTarget.dataset['index'])));
    },
    onChecks() {
      this.update({ checksOpen: !this.state.checksOpen });
    },
    onCheck({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.change((form) => withCheck(form, currentTarget.dataset['id'] as CheckId));
    },
    async onSave() {
      const { form, basis } = this.state;
      if (form === null || this.state.busy) return;
      const problem = problemIn(form, basis) ?? (this.schoolNameMissing() ? 'schoolName' : null);
      this.edit({ problem });
      if (problem !== null) {
        bringIntoSight('.wrong');
        return;
      }
      this.update({ busy: true });
      await this.attempt(
        (send) => this.save(form, send),
        { busy: false },
        () => {
          const { failure } = this.state;
          if (failure !== null && saysHowItEnded(failure)) this.update({ maybeCreated: false });
        },
      );
    },
    async save(form: BatchForm, send: Send) {
      const { before, basis } = this.state;
      const fields = fieldsOf(form, basis);
      if (before === null) {
        await this.saveNewSchool(form, send);
        this.update({ maybeCreated: true });
        const created = await send(operatorService.createBatch, fields);
        this.go(replaceWithStaff, { page: 'batch', batchId: created.id });
        return;
      }
      const request = { batchId: before.id, revision: before.revision, changes: changesOf(fields) };
      await send(operatorService.updateBatch, request);
      this.go(goBack);
    },
    onBatches() {
      openStaff({ page: 'batches' });
    },
    isNewSchool(): boolean {
      return !this.state.me?.schools.some(({ code }) => code === this.state.form?.schoolCode);
    },
    schoolNameMissing(): boolean {
      return this.state.before === null && this.isNewSchool() && this.state.form?.schoolName.trim() === '';
    },
    async saveNewSchool({ schoolCode, schoolName }: BatchForm, send: Send) {
      if (!this.isNewSchool()) return;
      const school = { code: schoolCode.trim(), name: schoolName.trim() };
      await send(operatorService.saveSchool, school);
      this.update({ me: await loadMe() });
    },
  },
});
