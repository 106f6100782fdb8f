/**
 * A package as it is made: the job, and for each volume what goes into it, fixed when the job was started so that it
 * can be taken up after any crash. Paths of files are written down before the files are: nothing is lost in the storage.
 */
import { derivedId } from '../identity/unguessable-id';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type Lease } from '../requests/lease';
import { type ChangedPhoto } from '../submission/change-many';
import {
  type ExportJob,
  type ExportSelection,
  type ExportTemplate,
  type ExportVolume,
  type LeftOut,
} from '../../miniprogram/shared/contract/exporter';
import {
  type BatchId,
  type ExportId,
  type FileId,
  type Instant,
} from '../../miniprogram/shared/identity/ids';
import { type ManifestEntry } from './manifest';

export interface StoredFile {
  readonly fileName: string;
  readonly fileId: FileId;
  readonly bytes: number;
  readonly sha256: string;
}

export interface PackedVolume extends StoredFile {
  readonly photos: number;
}

/** How far a walk through the volumes of a package has come, in their order. */
export interface VolumesDone {
  readonly volumes: number;
  /** That are in these volumes. */
  readonly photos: number;
}

export const NO_VOLUME_DONE: VolumesDone = { volumes: 0, photos: 0 };

export interface ExportDocument {
  readonly _id: ExportId;
  readonly batchId: BatchId;
  readonly schoolCode: string;
  readonly selection: ExportSelection;
  readonly template: ExportTemplate;
  readonly state: ExportJob['state'];
  /** Fewer with each volume that leaves some out. */
  readonly photos: number;
  /** Absent in packages of version 0.1.0. */
  readonly leftOut?: readonly LeftOut[];
  /**
   * Which volume documents are the package's: every attempt to start it writes a set of its own. Absent in packages of
   * version 0.1.0, whose volumes bear the package's own id.
   */
  readonly volumeSet?: string;
  readonly volumeCount: number;
  readonly volumes: readonly PackedVolume[];
  readonly manifests: readonly StoredFile[];
  /** Whose photos became `exported`. Absent before the first, and in packages of version 0.1.0. */
  readonly handedOver?: VolumesDone;
  /** Whose photos became `delivered`. Absent before the first, and in packages of version 0.1.0. */
  readonly delivered?: VolumesDone;
  /** Some file of the same storage: with it, a path becomes the id of a file. */
  readonly neighbour: FileId;
  /** Every path that a file of this package was ever going to have. */
  readonly intendedPaths: readonly string[];
  /** Who packs it, or marks it as delivered, at this moment; null: nobody. */
  readonly working: Lease | null;
  /**
   * When work on it last began. The timer takes what waited longest, so that one which always fails blocks nobody.
   * Absent in packages that version 0.1.0 finished.
   */
  readonly workedAt?: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly expiresAt: Instant;
  /** When the last file and name of it were deleted. Absent in packages of version 0.1.0. */
  readonly clearedAt?: Instant | null;
}

/** One photo that goes into a volume. */
export interface ExportItem extends ChangedPhoto {
  readonly path: string;
}

export interface VolumeDocument {
  readonly _id: string;
  readonly exportId: ExportId;
  readonly volumeSet: string;
  /** From 1. */
  readonly number: number;
  /** What goes in; once it is packed, what is in it. */
  readonly items: readonly ExportItem[];
  /** Null until the volume is packed. */
  readonly entries: readonly ManifestEntry[] | null;
  /** Before the package was: where there is none after a while, none comes. Absent in packages of version 0.1.0. */
  readonly createdAt?: Instant;
}

/** What stays of a volume when a finished package is over: whose photos were in it, by their ids, and nobody's name. */
export interface ClearedVolumeDocument extends Omit<VolumeDocument, 'items'> {
  readonly items: readonly ChangedPhoto[];
  readonly entries: null;
}

/**
 * Photos in one volume. 700 of the largest allowed file (61,440 bytes) are 43 MB: below what one upload takes, and
 * packed within a function's time.
 */
export const PHOTOS_PER_VOLUME = 700;

export function volumeId(volumeSet: string, number: number): string {
  return derivedId('export-volume', volumeSet, String(number));
}

/** photos-03-of-12.zip; plain letters, because every ZIP program and mail gateway takes them. */
export function volumeFileName(number: number, count: number): string {
  const width = String(count).length;
  return `photos-${String(number).padStart(width, '0')}-of-${count}.zip`;
}

/** A package belongs to the school whose photos are in it. */
export async function exportSubject(id: ExportId): Promise<Subject<ExportDocument> | null> {
  const thing = await collection<ExportDocument>('exports').get(id);
  return thing && { thing, level: 'school', tenant: { schoolCode: thing.schoolCode, stationId: null } };
}

/** Whether a walk that came so far goes on. */
export function hasVolumesLeft({ volumeCount }: ExportDocument, { volumes } = NO_VOLUME_DONE): boolean {
  return volumes < volumeCount;
}

/** There is something left to make of it. */
export function isUnfinished({ state }: ExportDocument): boolean {
  return state === 'packing' || state === 'closing';
}

/**
 * Its manifests are recorded and its submissions become `exported`: half-way it is not stopped, and does not expire
 * before it is given up.
 */
export function isHandingOver({ state, manifests }: ExportDocument): boolean {
  return state === 'closing' && manifests.length > 0;
}

/**
 * How long after its day a package may still hand its photos over. The timer tries that some 280 times a day: what
 * fails for so long fails for good, and would keep names in the storage and its photos from every other package.
 */
export const GIVEN_UP_SECONDS = 3 * 24 * 3600;

/**
 * The files that people get. What a worker that died may have stored besides stands in the paths alone, so these are
 * the ones that can be counted.
 */
export function filesHanded({ volumes, manifests }: ExportDocument): readonly StoredFile[] {
  return [...volumes, ...manifests];
}

/** Stopped or expired: nothing is made of it any more. */
export function isOver({ state }: ExportDocument): boolean {
  return state === 'cancelled' || state === 'expired';
}

export function toExportJob(job: ExportDocument): ExportJob {
  return {
    id: job._id,
    selection: job.selection,
    template: job.template,
    state: job.state,
    photos: job.photos,
    leftOut: job.leftOut ?? [],
    packed: job.volumes.reduce((sum, { photos }) => sum + photos, 0),
    handedOver: (job.handedOver ?? NO_VOLUME_DONE).photos,
    delivered: (job.delivered ?? NO_VOLUME_DONE).photos,
    volumes: job.volumes.map(toExportVolume),
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    deliveredAt: job.deliveredAt,
    expiresAt: job.expiresAt,
  };
}

function toExportVolume({ fileName, bytes, sha256, photos }: PackedVolume): ExportVolume {
  return { fileName, bytes, sha256, photos };
}
