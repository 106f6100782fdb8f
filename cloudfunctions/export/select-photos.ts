/**
 * Which photos a package holds and how they are called: the accepted ones of a batch or station, in the order of
 * student numbers. Leaves out, and says so, the photos of people who took their consent back. Names that cannot be, or
 * that two photos would share, are found here, before anything is written. Refuses names without the student's number
 * for a part of the batch: other parts are packed besides, and unpacked over it, one student's photo would replace
 * another's.
 */
import { type ExportItem, PHOTOS_PER_VOLUME } from './export-document';
import { leftOutOf, type LeftOutPhoto } from './left-out';
import { type BatchDocument } from '../batch/batch-document';
import { consentTakenBack } from '../consent/taken-back';
import { type StationDocument } from '../operator-access/station-document';
import { collection, command } from '../platform/database';
import { type RosterLineDocument } from '../roster/roster-document';
import { type SubmissionDocument } from '../submission/submission-document';
import {
  type ExportCheck,
  type ExportRequest,
  type ExportSelection,
  type LeftOut,
  type NameProblem,
} from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import {
  hasStudentNumber,
  type NameTemplate,
  type NameValues,
  parseNameTemplate,
  photoPath,
  samePathKey,
  sequenceText,
} from '../../miniprogram/shared/export/name-template';
import {
  ACCEPTED_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';

const PAGE = 500;
const PROBLEMS_SHOWN = 100;
const EXAMPLES = 5;

export interface NamedPhoto extends ExportItem {
  readonly studentNumber: string;
}

export interface SelectedPhotos {
  readonly photos: readonly NamedPhoto[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly (ExportCheck['problems'][number] & { readonly problem: NameProblem })[];
}

/** @throws DomainError EXPORT_TEMPLATE_INVALID */
export async function selectPhotos(
  batch: BatchDocument,
  { selection, template }: ExportRequest,
): Promise<SelectedPhotos> {
  const names = parseNameTemplate(template);
  if (!isWhole(selection) && !hasStudentNumber(names)) {
    throw new DomainError('EXPORT_TEMPLATE_INVALID', { part: 'fileName', reason: 'without-number' });
  }
  const candidates: Candidate[] = [];
  const leftOut: LeftOutPhoto[] = [];
  const stations = await stationNames(batch.schoolCode);
  for await (const page of acceptedPages(batch, selection)) {
    const [lines, takenBack] = await Promise.all([
      linesOf(batch, page),
      consentTakenBack(page.map(({ openid }) => openid)),
    ]);
    for (const submission of page) {
      const { openid, studentNumber } = submission;
      if (takenBack.has(openid)) leftOut.push({ reason: 'consent-taken-back', studentNumber });
      else candidates.push(candidateOf(submission, lines.get(studentNumber), stations));
    }
  }
  return { ...nameAll(names, candidates), leftOut: leftOutOf(leftOut) };
}

/** Everything that there is to pack: the package stands for itself. */
function isWhole({ stationId, photos }: ExportSelection): boolean {
  return stationId === undefined && photos === 'all-accepted';
}

export function checkOf({ photos, leftOut, problems }: SelectedPhotos): ExportCheck {
  return {
    photos: photos.length,
    volumes: Math.ceil(photos.length / PHOTOS_PER_VOLUME),
    examples: photos.slice(0, EXAMPLES).map(({ path }) => path),
    problems: problems.slice(0, PROBLEMS_SHOWN),
    problemCount: problems.length,
    leftOut,
  };
}

const STATES: Readonly<Record<ExportSelection['photos'], readonly SubmissionState[]>> = {
  new: ['accepted'],
  'all-accepted': ACCEPTED_STATES,
};

async function* acceptedPages(
  { _id: batchId, schoolCode }: BatchDocument,
  { stationId, photos }: ExportSelection,
): AsyncGenerator<readonly SubmissionDocument[]> {
  let last = '';
  for (;;) {
    const page: readonly SubmissionDocument[] = await collection<SubmissionDocument>('submissions').find(
      {
        batchId,
        schoolCode,
        studentNumber: command().gt(last),
        state: command().in([...STATES[photos]]),
        deletingAt: null,
        ...(stationId !== undefined && { stationId }),
      },
      { limit: PAGE, sort: [['studentNumber', 'asc']] },
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1)!.studentNumber;
  }
}

async function linesOf(
  { _id: batchId, roster }: BatchDocument,
  page: readonly SubmissionDocument[],
): Promise<ReadonlyMap<string, RosterLineDocument>> {
  if (!roster) return new Map();
  const lines = await collection<RosterLineDocument>('roster').find(
    {
      batchId,
      version: roster.version,
      studentNumber: command().in(page.map(({ studentNumber }) => studentNumber)),
    },
    { limit: PAGE },
  );
  return new Map(lines.map((line) => [line.studentNumber, line]));
}

async function stationNames(schoolCode: string): Promise<ReadonlyMap<string | null, string>> {
  const stations = await collection<StationDocument>('stations').find({ schoolCode }, { limit: 1000 });
  return new Map(stations.map(({ _id, name }) => [_id, name]));
}

type Candidate = Omit<NamedPhoto, 'path'> & { readonly values: Omit<NameValues, 'seq'> };

function candidateOf(
  submission: SubmissionDocument,
  line: RosterLineDocument | undefined,
  stations: ReadonlyMap<string | null, string>,
): Candidate {
  const { studentNumber, schoolCode, level, year, studyForm, className, stationId } = submission;
  // The machine lets no submission be accepted without the photo that was confirmed.
  if (submission.confirmedPhotoId === null) throw new Error('an accepted submission without a photo');
  return {
    submissionId: submission._id,
    photoId: submission.confirmedPhotoId,
    studentNumber,
    values: {
      studentNumber,
      schoolCode,
      level,
      year,
      studyForm,
      class: className,
      station: stations.get(stationId) ?? null,
      major: line?.major ?? null,
      name: line?.name ?? null,
    },
  };
}

function nameAll(names: NameTemplate, candidates: readonly Candidate[]): Omit<SelectedPhotos, 'leftOut'> {
  const photos: NamedPhoto[] = [];
  const problems: SelectedPhotos['problems'][number][] = [];
  const owners = new Map<string, string>();
  candidates.forEach(({ values, ...photo }, index) => {
    const seq = sequenceText(index + 1, candidates.length);
    const { path, problem } = photoPath(names, { ...values, seq });
    const { studentNumber } = photo;
    photos.push({ ...photo, path });
    const key = samePathKey(path);
    if (problem !== null) problems.push({ problem, studentNumber, path });
    else if (owners.has(key)) problems.push({ problem: 'same-name', studentNumber, path });
    else owners.set(key, studentNumber);
  });
  return { photos, problems };
}
