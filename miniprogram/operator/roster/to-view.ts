/** The import page: options, the plan with what is wrong and what would change, progress. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import {
  RemovalWords,
  ROSTER_PAGE_WORDS,
  differenceWords,
  formatWords,
  removalWords,
} from '../../copy/operator-roster-words';
import { ROSTER_FIELD_WORDS, ROSTER_FINDING_WORDS } from '../../copy/roster-words';
import { Words } from '../../copy/words';
import {
  ColumnMapping,
  NameHandling,
  RosterDifference,
  RosterPlan,
} from '../../shared/contract/operator/roster';
import { FileId, UploadId } from '../../shared/identity/ids';
import { ROSTER_FIELDS, RosterField } from '../../shared/roster/roster-fields';
import { columnsAreAskedAfter } from '../../shared/roster/refused-list';
import { RosterFinding } from '../../shared/roster/roster-findings';
import { Choice } from '../components/choice-group/choice';
import { BatchPageState } from '../define-batch-page';
import { ChosenFile } from '../platform/choose-roster-file';

export interface RosterState extends BatchPageState {
  /** The list on the phone; it stays chosen when its upload broke off. */
  readonly file: ChosenFile | null;
  readonly uploaded: { readonly uploadId: UploadId; readonly fileId: FileId } | null;
  readonly names: NameHandling;
  readonly badRows: 'stop' | 'leave-out';
  readonly mapping: ColumnMapping;
  /** The heading whose field is being chosen. */
  readonly changing: string | null;
  readonly plan: RosterPlan | null;
  readonly findings: readonly RosterFinding[];
  readonly findingPages: number;
  readonly findingPage: number;
  readonly differences: readonly RosterDifference[];
  readonly differencePages: number;
  /** -1: none has been asked for. */
  readonly differencePage: number;
  readonly step: 'uploading' | 'checking' | 'applying' | null;
  readonly telephone: string;
}

export interface FindingView {
  readonly id: string;
  readonly place: string;
  readonly mark: string;
  readonly bad: boolean;
  readonly title: string;
  readonly next: string;
}

export interface RosterView {
  readonly chosen: string;
  readonly nameChoices: readonly Choice[];
  readonly names: string;
  readonly badRowChoices: readonly Choice[];
  readonly badRows: string;
  readonly busy: boolean;
  readonly checkText: string;
  /** Columns that the file must have and that nobody recognised: asked by name. */
  readonly asking: readonly {
    readonly field: RosterField;
    readonly label: string;
    readonly heading: string;
  }[];
  readonly planRows: string;
  readonly planFormat: string;
  readonly unreadSheets: string;
  readonly columns: readonly {
    readonly heading: string;
    readonly field: string;
    readonly used: boolean;
    readonly changing: boolean;
    readonly label: string;
  }[];
  readonly fieldChoices: readonly Choice[];
  readonly changingValue: string;
  readonly mappingChanged: boolean;
  readonly changes: readonly string[];
  readonly removal: RemovalWords | null;
  readonly kept: string;
  readonly newStations: string;
  readonly stopped: Words | null;
  readonly nothing: boolean;
  readonly findings: readonly FindingView[];
  readonly noFindings: boolean;
  readonly moreFindings: boolean;
  readonly differences: readonly { readonly title: string; readonly text: string }[];
  /** What brings them, or more of them; empty: there are no more. */
  readonly differencesText: string;
  readonly applyText: string;
  readonly applying: boolean;
  readonly percent: number;
  readonly applyingText: string;
  readonly applied: boolean;
  readonly failure: FailureView | null;
}

export const NO_PLAN = {
  plan: null,
  findings: [],
  findingPage: 0,
  findingPages: 0,
  differences: [],
  differencePage: -1,
  differencePages: 1,
} as const;

/** Another file has to be chosen. */
export const NO_FILE = { file: null, uploaded: null } as const;

/** The page as it opens. */
export const NOTHING_CHOSEN: Omit<RosterState, 'telephone'> = {
  batchId: null,
  ...NO_FILE,
  names: 'masked',
  badRows: 'stop',
  mapping: {},
  changing: null,
  ...NO_PLAN,
  step: null,
  failure: null,
};

const NAME_CHOICES: readonly Choice[] = [
  { id: 'masked', text: ROSTER_PAGE_WORDS.namesMasked },
  { id: 'leave-out', text: ROSTER_PAGE_WORDS.namesOut, remark: ROSTER_PAGE_WORDS.namesOutRemark },
  { id: 'whole', text: ROSTER_PAGE_WORDS.namesWhole, remark: ROSTER_PAGE_WORDS.namesWholeRemark },
];
const BAD_ROW_CHOICES: readonly Choice[] = [
  { id: 'stop', text: ROSTER_PAGE_WORDS.badStop },
  { id: 'leave-out', text: ROSTER_PAGE_WORDS.badOut, remark: ROSTER_PAGE_WORDS.badOutRemark },
];
/** Stands for "leave this column alone" among the choices. */
export const UNUSED = 'unused';
const FIELD_CHOICES: readonly Choice[] = [
  ...ROSTER_FIELDS.map((id) => ({ id, text: ROSTER_FIELD_WORDS[id] })),
  { id: UNUSED, text: ROSTER_PAGE_WORDS.columnUnused },
];

export function toView(state: RosterState): RosterView {
  const { plan, step, changing, mapping } = state;
  const differ = plan?.differences ?? null;
  const unreadSheets = plan?.file.unreadSheets ?? [];
  const toWrite = plan === null ? 0 : plan.rows.good + (plan.rows.kept ?? 0);
  const applying = plan?.state === 'applying' || step === 'applying';
  const mappingChanged = (plan?.columns ?? []).some(
    ({ heading, field }) => fieldOf(mapping, heading, field) !== field,
  );
  return {
    chosen: state.file === null ? '' : ROSTER_PAGE_WORDS.chosen(state.file.name),
    nameChoices: NAME_CHOICES,
    names: state.names,
    badRowChoices: BAD_ROW_CHOICES,
    badRows: state.badRows,
    busy: step !== null,
    checkText:
      step === 'uploading'
        ? ROSTER_PAGE_WORDS.uploading
        : step === 'checking'
          ? ROSTER_PAGE_WORDS.checking
          : ROSTER_PAGE_WORDS.check,
    asking: askedFields(state).map((field) => ({
      field,
      label: ROSTER_PAGE_WORDS.headingFor(ROSTER_FIELD_WORDS[field]),
      heading: Object.keys(mapping).find((heading) => mapping[heading] === field) ?? '',
    })),
    planRows: plan === null ? '' : ROSTER_PAGE_WORDS.rows(plan.rows.read, plan.rows.good, plan.rows.bad),
    planFormat: plan === null ? '' : formatWords(plan.file),
    unreadSheets: unreadSheets.length === 0 ? '' : ROSTER_PAGE_WORDS.unreadSheets(unreadSheets),
    columns: (plan?.columns ?? []).map(({ heading, field: recognised }) => {
      const field = fieldOf(mapping, heading, recognised);
      return {
        heading,
        field: field === null ? ROSTER_PAGE_WORDS.columnUnused : ROSTER_FIELD_WORDS[field],
        used: field !== null,
        changing: heading === changing,
        label: ROSTER_PAGE_WORDS.columnChangeOf(heading),
      };
    }),
    fieldChoices: FIELD_CHOICES,
    changingValue: changingValue(state),
    mappingChanged,
    changes: differ === null ? [] : changeLines(differ),
    removal: differ === null ? null : removalWords(differ),
    kept: plan?.rows.kept ? ROSTER_PAGE_WORDS.kept(plan.rows.kept) : '',
    newStations:
      differ === null || differ.newStations.length === 0
        ? ''
        : ROSTER_PAGE_WORDS.newStations(differ.newStations.join('、')),
    stopped:
      plan?.state === 'stopped'
        ? { title: ROSTER_PAGE_WORDS.stopped, next: ROSTER_PAGE_WORDS.stoppedNext }
        : null,
    nothing: plan?.state === 'nothing-to-do',
    findings: state.findings.map(findingView),
    noFindings: plan !== null && Object.keys(plan.findings).length === 0,
    moreFindings: state.findingPage + 1 < state.findingPages,
    differences: state.differences.map(differenceWords),
    differencesText: differencesText(state),
    // The plan has the columns as they were: another check comes first.
    applyText:
      plan?.state === 'ready' && !mappingChanged
        ? ROSTER_PAGE_WORDS.apply(plan.rows.good, plan.differences.removed)
        : '',
    applying,
    percent: plan === null || toWrite === 0 ? 0 : Math.min(100, Math.round((plan.written / toWrite) * 100)),
    applyingText: plan === null ? '' : ROSTER_PAGE_WORDS.applying(plan.written, toWrite),
    applied: plan?.state === 'applied',
    failure: failureView(state.failure, state.telephone, 'list'),
  };
}

/** What the refusal says is missing or doubled; the headings must then be named by the person. */
function askedFields({ failure }: RosterState): RosterField[] {
  if (failure?.kind !== 'refused') return [];
  if (!columnsAreAskedAfter(failure.code)) return [];
  const fields = failure.details['fields'];
  return Array.isArray(fields) ? ROSTER_FIELDS.filter((field) => fields.includes(field)) : ['studentNumber'];
}

function fieldOf(
  mapping: ColumnMapping,
  heading: string,
  recognised: RosterField | null,
): RosterField | null {
  const chosen = mapping[heading];
  return chosen === undefined ? recognised : chosen;
}

function changingValue({ changing, mapping, plan }: RosterState): string {
  const column = plan?.columns.find(({ heading }) => heading === changing);
  return column === undefined ? '' : (fieldOf(mapping, column.heading, column.field) ?? UNUSED);
}

function changeLines({ added, changed, removed, unchanged }: RosterPlan['differences']): string[] {
  return [
    ...(added > 0 ? [ROSTER_PAGE_WORDS.added(added)] : []),
    ...(changed > 0 ? [ROSTER_PAGE_WORDS.changed(changed)] : []),
    ...(removed > 0 ? [ROSTER_PAGE_WORDS.removed(removed)] : []),
    ...(unchanged > 0 ? [ROSTER_PAGE_WORDS.unchanged(unchanged)] : []),
  ];
}

function differencesText({ plan, differencePage, differencePages }: RosterState): string {
  const { added, changed, removed } = plan?.differences ?? { added: 0, changed: 0, removed: 0 };
  if (added + changed + removed === 0 || differencePage + 1 >= differencePages) return '';
  return differencePage < 0 ? ROSTER_PAGE_WORDS.showDifferences : ROSTER_PAGE_WORDS.more;
}

function findingView({ line, code, severity, field, otherLine }: RosterFinding, index: number): FindingView {
  const { title, next } = ROSTER_FINDING_WORDS[code];
  const where = [ROSTER_PAGE_WORDS.line(line), field === null ? '' : ROSTER_FIELD_WORDS[field]];
  return {
    id: String(index),
    place: [...where, otherLine === null ? '' : ROSTER_PAGE_WORDS.alsoLine(otherLine)]
      .filter((part) => part !== '')
      .join(' · '),
    mark: severity === 'error' ? ROSTER_PAGE_WORDS.error : ROSTER_PAGE_WORDS.warning,
    bad: severity === 'error',
    title,
    next,
  };
}

/** Names the heading under which a field stands; the one that was named before is forgotten. */
export function withHeading(mapping: ColumnMapping, heading: string, field: RosterField): ColumnMapping {
  const cleared = Object.fromEntries(Object.entries(mapping).filter(([, its]) => its !== field));
  return withColumn(cleared, heading.trim(), field);
}

/** The mapping with one column set to a field; a field belongs to one column only. */
export function withColumn(
  mapping: ColumnMapping,
  heading: string,
  field: RosterField | null,
): ColumnMapping {
  const others = Object.entries(mapping).filter(
    ([other, its]) => other !== heading && (field === null || its !== field),
  );
  return { ...Object.fromEntries(others), ...(heading !== '' && { [heading]: field }) };
}
