/** The form of a batch: new, copied from last year, or changed. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { CHECK_WORDS } from '../../copy/check-words';
import { BATCH_EDIT_WORDS } from '../../copy/operator-batch-words';
import { PageState } from '../../pages/define-page';
import { maySoften } from '../../shared/batch/check-settings';
import { Me } from '../../shared/contract/operator/access';
import { BatchFields, OperatorBatch } from '../../shared/contract/operator/batches';
import { BatchId } from '../../shared/identity/ids';
import { CHECK_IDS, CheckId } from '../../shared/verdict/check-ids';
import { Choice } from '../components/choice-group/choice';
import { BatchForm, CohortForm, OTHER, fieldIn } from './batch-form';

export interface BatchEditState extends PageState {
  /** The batch to change, or to copy; null for one from nothing. */
  readonly batchId: BatchId | null;
  readonly mode: 'new' | 'copy' | 'edit';
  readonly me: Me | null;
  /** The batch that is changed; null for a new one. */
  readonly before: OperatorBatch | null;
  /** Where settings that the form cannot show come from: the batch that is changed, or last year's one year on. */
  readonly basis: BatchFields | null;
  readonly form: BatchForm | null;
  /** The field that the rules refused at the last attempt to save. */
  readonly problem: string | null;
  /** A new batch was sent, and nobody knows whether it arrived: what is saved after an edit is another one. */
  readonly maybeCreated: boolean;
  readonly checksOpen: boolean;
  readonly busy: boolean;
  readonly telephone: string;
}

export interface BatchEditView {
  readonly heading: string;
  readonly copied: boolean;
  readonly ready: boolean;
  readonly editing: boolean;
  readonly form: BatchForm | null;
  readonly schools: readonly Choice[];
  readonly school: string;
  readonly otherSchool: boolean;
  readonly problems: Readonly<Record<string, string>>;
  readonly cohorts: readonly (CohortForm & { readonly id: string; readonly heading: string })[];
  readonly severalCohorts: boolean;
  readonly backgrounds: readonly Choice[];
  readonly fileBands: readonly Choice[];
  readonly glassesChoices: readonly Choice[];
  readonly checks: readonly { readonly id: CheckId; readonly text: string; readonly checked: boolean }[];
  readonly checksOpen: boolean;
  readonly busy: boolean;
  readonly maybeCreated: boolean;
  readonly wrong: boolean;
  readonly failure: FailureView | null;
}

/** Among the schools: one that is not there yet. */
export const NEW_SCHOOL = 'new-school';

const HEADINGS: Record<BatchEditState['mode'], string> = {
  new: BATCH_EDIT_WORDS.titleNew,
  copy: BATCH_EDIT_WORDS.titleCopy,
  edit: BATCH_EDIT_WORDS.titleEdit,
};

export function toView(state: BatchEditState): BatchEditView {
  const { form, me, mode, checksOpen } = state;
  const refused = refusedField(state);
  const known = me?.schools ?? [];
  const isKnown = known.some(({ code }) => code === form?.schoolCode);
  return {
    heading: HEADINGS[mode],
    copied: mode === 'copy',
    ready: form !== null,
    editing: mode === 'edit',
    form,
    schools: [
      ...known.map(({ code, name }) => ({ id: code, text: name, remark: code })),
      { id: NEW_SCHOOL, text: BATCH_EDIT_WORDS.otherSchool },
    ],
    school: isKnown ? (form?.schoolCode ?? '') : NEW_SCHOOL,
    otherSchool: form !== null && !isKnown,
    problems: refused === null ? {} : { [refused]: problemWords(refused) },
    cohorts: (form?.cohorts ?? []).map((cohort, index) => ({
      ...cohort,
      id: String(index),
      heading: BATCH_EDIT_WORDS.cohort(index + 1),
    })),
    severalCohorts: (form?.cohorts.length ?? 0) > 1,
    backgrounds: choices(BATCH_EDIT_WORDS.backgrounds, form?.background),
    fileBands: choices(BATCH_EDIT_WORDS.fileBands, form?.fileBand),
    glassesChoices: [
      { id: 'allowed', text: BATCH_EDIT_WORDS.glassesAllowed },
      { id: 'forbidden', text: BATCH_EDIT_WORDS.glassesForbidden },
    ],
    checks: checksOpen
      ? CHECK_IDS.filter(maySoften).map((id) => ({
          id,
          text: CHECK_WORDS[id].name,
          checked: form?.onlyWarn.includes(id) ?? false,
        }))
      : [],
    checksOpen,
    busy: state.busy,
    // As long as the panel stands, it offers to send the same one again.
    maybeCreated: state.maybeCreated && state.failure === null && !state.busy,
    wrong: refused !== null,
    failure: refusedByCloud(state) === null ? failureView(state.failure, state.telephone) : null,
  };
}

function refusedField(state: BatchEditState): string | null {
  return state.problem ?? refusedByCloud(state);
}

/** The cloud checks again; a field that it names is shown at the field. */
function refusedByCloud({ failure }: BatchEditState): string | null {
  if (failure?.kind !== 'refused' || failure.code !== 'INVALID_REQUEST') return null;
  const field = fieldIn(String(failure.details['path']));
  return field in BATCH_EDIT_WORDS.problems ? field : null;
}

function problemWords(field: string): string {
  const words: Readonly<Record<string, string>> = BATCH_EDIT_WORDS.problems;
  return words[field] ?? BATCH_EDIT_WORDS.wrong;
}

function choices(words: Readonly<Record<string, string>>, value: string | undefined): Choice[] {
  const known = Object.entries(words).map(([id, text]) => ({ id, text }));
  return value === OTHER ? [...known, { id: OTHER, text: BATCH_EDIT_WORDS.otherSetting }] : known;
}
