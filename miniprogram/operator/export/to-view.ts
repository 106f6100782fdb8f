/** Packages: choosing, the check before anything is written, progress, links. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import {
  EXPORT_STATE_WORDS,
  EXPORT_WORDS,
  leftOutCount,
  leftOutLines,
  NAME_PROBLEM_WORDS,
  sizeWords,
} from '../../copy/operator-export-words';
import { momentWords } from '../../copy/time-words';
import {
  ExportCheck,
  ExporterContract,
  ExportFile,
  ExportJob,
  ExportRequest,
} from '../../shared/contract/exporter';
import { StationView } from '../../shared/contract/operator/access';
import { isDeliverable } from '../../shared/export/is-deliverable';
import { ExportId } from '../../shared/identity/ids';
import { Choice } from '../components/choice-group/choice';
import { BatchPageState } from '../define-batch-page';

export interface ExportState extends BatchPageState {
  readonly stations: readonly StationView[];
  readonly photos: 'new' | 'all-accepted';
  /** Empty: the whole batch. */
  readonly stationId: string;
  readonly fileNameChoice: string;
  readonly ownFileName: string;
  readonly folderChoice: string;
  readonly ownFolder: string;
  readonly check: ExportCheck | null;
  /** The start was answered with a package that is over: that of an equal start whose answer was lost. */
  readonly startedBefore: boolean;
  readonly jobs: readonly ExportJob[] | null;
  /** Where older ones begin. */
  readonly nextJobs: string | null;
  /** They are being read; beside `busy`, which a package holds for minutes. */
  readonly readingOlder: boolean;
  readonly files: { readonly exportId: ExportId; readonly files: readonly ExportFile[] } | null;
  readonly busy: 'check' | 'pack' | 'spreadsheet' | null;
  readonly telephone: string;
}

export interface JobView {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly remark: string;
  readonly leftOutTitle: string;
  readonly leftOut: readonly string[];
  readonly underway: boolean;
  readonly percent: number;
  readonly packing: string;
  readonly canOpen: boolean;
  readonly canDeliver: boolean;
  readonly canCancel: boolean;
  readonly files: readonly {
    readonly name: string;
    readonly line: string;
    readonly digest: string;
    readonly label: string;
  }[];
}

export interface ExportView {
  readonly photoChoices: readonly Choice[];
  readonly photos: string;
  readonly stationChoices: readonly Choice[];
  readonly stationId: string;
  readonly fileNameChoices: readonly Choice[];
  readonly fileNameChoice: string;
  readonly ownFileName: string;
  readonly folderChoices: readonly Choice[];
  readonly folderChoice: string;
  readonly ownFolder: string;
  readonly found: string;
  readonly none: boolean;
  readonly startedBefore: boolean;
  readonly examples: readonly string[];
  readonly problemsTitle: string;
  readonly problems: readonly string[];
  readonly leftOutTitle: string;
  readonly leftOut: readonly string[];
  readonly canStart: boolean;
  readonly checking: boolean;
  readonly packing: boolean;
  readonly jobs: readonly JobView[];
  readonly loading: boolean;
  readonly noJobs: boolean;
  readonly hasOlder: boolean;
  readonly olderBusy: boolean;
  readonly spreadsheetBusy: boolean;
  readonly failure: FailureView | null;
}

export const OWN = 'own';

/** What the form says before anybody chose. */
export const FIRST_CHOICES: Pick<
  ExportState,
  'photos' | 'stationId' | 'fileNameChoice' | 'ownFileName' | 'folderChoice' | 'ownFolder'
> = {
  photos: 'new',
  stationId: '',
  fileNameChoice: '{studentNumber}',
  ownFileName: '',
  folderChoice: '',
  ownFolder: '',
};

/** Neither a check nor a start has an answer for these choices. */
export const NOTHING_FOUND = { check: null, startedBefore: false } as const;

const PHOTO_CHOICES: readonly Choice[] = [
  { id: 'new', text: EXPORT_WORDS.new, remark: EXPORT_WORDS.newRemark },
  { id: 'all-accepted', text: EXPORT_WORDS.all, remark: EXPORT_WORDS.allRemark },
];
const FILE_NAME_CHOICES: readonly Choice[] = [
  { id: '{studentNumber}', text: EXPORT_WORDS.byNumber },
  { id: '{seq}_{studentNumber}', text: EXPORT_WORDS.bySequence, remark: EXPORT_WORDS.bySequenceRemark },
  { id: OWN, text: EXPORT_WORDS.own },
];
const FOLDER_CHOICES: readonly Choice[] = [
  { id: '', text: EXPORT_WORDS.noFolder },
  { id: '{station}', text: EXPORT_WORDS.byStation },
  { id: '{station}/{class}', text: EXPORT_WORDS.byStationAndClass },
  { id: OWN, text: EXPORT_WORDS.own },
];
const SHOWN_PROBLEMS = 20;

export function exportRequest(state: ExportState): ExportRequest | null {
  const { batchId, stationId, photos } = state;
  if (batchId === null) return null;
  return {
    selection: {
      batchId,
      photos,
      ...(stationId !== '' && { stationId: stationId as StationView['id'] }),
    },
    template: {
      fileName: (state.fileNameChoice === OWN ? state.ownFileName : state.fileNameChoice).trim(),
      folder: (state.folderChoice === OWN ? state.ownFolder : state.folderChoice).trim(),
    },
  };
}

export function toView(state: ExportState): ExportView {
  const { check, stations, jobs, busy } = state;
  const willBeLeftOut = check?.leftOut ?? [];
  return {
    photoChoices: PHOTO_CHOICES,
    photos: state.photos,
    stationChoices:
      stations.length === 0
        ? []
        : [
            { id: '', text: EXPORT_WORDS.wholeBatch },
            ...stations.map(({ id, name }) => ({ id, text: name })),
          ],
    stationId: state.stationId,
    fileNameChoices: FILE_NAME_CHOICES,
    fileNameChoice: state.fileNameChoice,
    ownFileName: state.ownFileName,
    folderChoices: FOLDER_CHOICES,
    folderChoice: state.folderChoice,
    ownFolder: state.ownFolder,
    found: check === null || check.photos === 0 ? '' : EXPORT_WORDS.found(check.photos, check.volumes),
    none: check?.photos === 0,
    startedBefore: state.startedBefore,
    examples: check?.examples ?? [],
    problemsTitle: check !== null && check.problemCount > 0 ? EXPORT_WORDS.problems(check.problemCount) : '',
    problems: (check?.problems ?? [])
      .slice(0, SHOWN_PROBLEMS)
      .map(({ problem, studentNumber, path }) => `${studentNumber}：${NAME_PROBLEM_WORDS[problem]} ${path}`),
    leftOutTitle: willBeLeftOut.length > 0 ? EXPORT_WORDS.willBeLeftOut(leftOutCount(willBeLeftOut)) : '',
    leftOut: leftOutLines(willBeLeftOut),
    canStart: check !== null && check.photos > 0 && check.problemCount === 0,
    checking: busy === 'check',
    packing: busy === 'pack',
    jobs: (jobs ?? []).map((job) => jobView(job, state)),
    loading: jobs === null && state.failure === null,
    noJobs: jobs?.length === 0,
    hasOlder: state.nextJobs !== null,
    olderBusy: state.readingOlder,
    spreadsheetBusy: busy === 'spreadsheet',
    failure: failureView(state.failure, state.telephone),
  };
}

/** The list of packages with this one as it is now, in front. Links of a cancelled one lead nowhere. */
export function withJob(
  { jobs, files }: Pick<ExportState, 'jobs' | 'files'>,
  job: ExportJob,
): Pick<ExportState, 'jobs' | 'files'> {
  const gone = job.state === 'cancelled' && files?.exportId === job.id;
  return {
    jobs: [job, ...(jobs ?? []).filter(({ id }) => id !== job.id)],
    files: gone ? null : files,
  };
}

/** The list with older packages behind; one that was put in front keeps its place. */
export function withOlder(
  { jobs }: Pick<ExportState, 'jobs'>,
  older: ExporterContract['jobs']['data'],
): Pick<ExportState, 'jobs' | 'nextJobs'> {
  const known = jobs ?? [];
  const isNew = (job: ExportJob) => !known.some(({ id }) => id === job.id);
  return { jobs: [...known, ...older.jobs.filter(isNew)], nextJobs: older.next ?? null };
}

export const isUnderway = ({ state }: ExportJob): boolean => state === 'packing' || state === 'closing';

function jobView(job: ExportJob, { files }: ExportState): JobView {
  const underway = isUnderway(job);
  const { leftOut = [], handedOver = 0 } = job;
  const [done, words] =
    job.state === 'closing' ? [handedOver, EXPORT_WORDS.closing] : [job.packed, EXPORT_WORDS.packing];
  return {
    id: job.id,
    title: EXPORT_WORDS.jobTitle(job.photos, momentWords(job.startedAt)),
    state: EXPORT_STATE_WORDS[job.state],
    remark: remarkOf(job),
    leftOutTitle: leftOut.length > 0 ? EXPORT_WORDS.leftOut(leftOutCount(leftOut)) : '',
    leftOut: leftOutLines(leftOut),
    underway,
    percent: job.photos === 0 ? 0 : Math.round((done / job.photos) * 100),
    packing: underway ? words(done, job.photos) : '',
    canOpen: job.state === 'finished',
    canDeliver: isDeliverable(job) && job.deliveredAt === null,
    canCancel: underway || job.state === 'finished',
    files: (files?.exportId === job.id ? files.files : []).map(({ fileName, bytes, sha256 }) => ({
      name: fileName,
      line: EXPORT_WORDS.fileLine(sizeWords(bytes)),
      digest: EXPORT_WORDS.digest(sha256),
      label: `${EXPORT_WORDS.copyLink} ${fileName}`,
    })),
  };
}

function remarkOf(job: ExportJob): string {
  const { state, photos, delivered = 0, deliveredAt, expiresAt } = job;
  if (deliveredAt !== null) return EXPORT_WORDS.delivered(momentWords(deliveredAt));
  if (isDeliverable(job) && delivered > 0) return EXPORT_WORDS.delivering(delivered, photos);
  return state === 'finished' ? EXPORT_WORDS.expires(momentWords(expiresAt)) : '';
}
