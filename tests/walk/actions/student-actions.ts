/** What students do on their own phones, or somebody does with another's code. */
import { type Actions, chosen, phoneOf, type Turn } from './turn';
import { type EngineOutcome, passSeconds, stage } from '../stage';
import { type World } from '../world';
import { randomUUID } from 'node:crypto';
import { uploadBytes } from '../../../cloudfunctions/platform/storage';
import { CONSENT_VERSION, type UploadTicket } from '../../../miniprogram/shared/contract/student';
import { type FileId, type PhotoId } from '../../../miniprogram/shared/identity/ids';

const VERDICTS: readonly EngineOutcome[] = [
  ...(['develops', 'develops', 'develops', 'develops', 'develops', 'develops'] as const),
  ...(['blocks', 'blocks', 'blocks', 'breaks'] as const),
];
const NO_PHOTO = '0'.repeat(32) as PhotoId;

/** The newest finished picture, as the phone shows it. */
export async function shownPhoto(world: World, student: number): Promise<PhotoId> {
  return (await world.submission(student))?.developedPhotoId ?? NO_PHOTO;
}

/** Uploads a portrait where the ticket says and has it judged. Sometimes the file never comes. */
export async function submitPortrait(
  world: World,
  openid: string,
  { uploadId, cloudPath }: UploadTicket,
  turn: Turn,
): Promise<void> {
  const isLost = turn.choice === 50;
  const fileId = isLost
    ? (`cloud://local.local/${cloudPath}` as FileId)
    : await uploadBytes(cloudPath, Buffer.from(`portrait ${randomUUID()}`));
  stage.engine = chosen(turn, VERDICTS);
  const submissionId = world.submissionId(turn.student);
  await world.ask(openid, 'photo', 'submit', { submissionId, uploadId, fileId, ticks: [] }, turn.going);
}

/** Shows the code and says yes, that is me; sometimes a minute later. */
export async function bind(world: World, openid: string, { student, choice, going }: Turn): Promise<void> {
  const { payloadBase64, idTail } = world.shown(student);
  const code = { kind: 'payload', payloadBase64 } as const;
  const resolution = await world.ask(openid, 'student', 'resolveCode', { code, idTail });
  if (resolution === null) return;
  if (choice % 10 === 1) passSeconds(60);
  await world.ask(openid, 'student', 'bind', { resolutionId: resolution.id }, going);
}

export const STUDENT_ACTIONS = {
  consents: {
    weight: 5,
    run: (world, turn) =>
      world.ask(
        phoneOf(world, turn),
        'student',
        'consent',
        { version: CONSENT_VERSION, facePhoto: turn.choice % 5 > 0 },
        turn.going,
      ),
  },
  takesConsentBack: {
    weight: 3,
    run: (world, turn) => world.ask(phoneOf(world, turn), 'student', 'withdrawConsent', {}, turn.going),
  },
  binds: { weight: 9, run: (world, turn) => bind(world, phoneOf(world, turn), turn) },
  shoots: {
    weight: 13,
    async run(world, turn) {
      const openid = phoneOf(world, turn);
      const wish = { purpose: 'portrait', extension: 'jpg' } as const;
      const ticket = await world.ask(openid, 'student', 'prepareUpload', wish);
      if (ticket) await submitPortrait(world, openid, ticket, turn);
    },
  },
  confirms: {
    weight: 13,
    async run(world, turn) {
      const submissionId = world.submissionId(turn.student);
      const photoId = await shownPhoto(world, turn.student);
      await world.ask(phoneOf(world, turn), 'student', 'confirm', { submissionId, photoId }, turn.going);
    },
  },
  withdraws: { weight: 4, run: (world, turn) => ownDeed(world, 'withdraw', turn) },
  restarts: { weight: 4, run: (world, turn) => ownDeed(world, 'restart', turn) },
  allowsReminder: { weight: 1, run: (world, turn) => ownDeed(world, 'allowReminder', turn) },
  deletes: { weight: 4, run: (world, turn) => ownDeed(world, 'deleteSubmission', turn) },
  looksAtPictures: {
    weight: 1,
    async run(world, turn) {
      const submission = await world.submission(turn.student);
      if (submission?.developedPhotoId == null) return;
      const picture = { submissionId: submission._id, photoId: submission.developedPhotoId };
      const which = chosen(turn, ['original', 'standard'] as const);
      await world.ask(phoneOf(world, turn), 'student', 'downloadLink', { ...picture, which }, turn.going);
    },
  },
} satisfies Actions;

type OwnDeed = 'withdraw' | 'restart' | 'allowReminder' | 'deleteSubmission';

function ownDeed(world: World, deed: OwnDeed, turn: Turn): Promise<unknown> {
  const submissionId = world.submissionId(turn.student);
  return world.ask(phoneOf(world, turn), 'student', deed, { submissionId }, turn.going);
}
