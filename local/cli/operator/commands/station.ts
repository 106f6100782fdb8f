/** Station mode with files instead of a camera: for a photographer's PC, and for trying it out. */
import { facts, table } from '../output';
import { type OperatorCommand } from '../operator-command';
import { type StaffClient } from '../staff-client';
import { UsageError } from '../../support/command';
import { readPictureFile } from '../../support/read-picture-file';
import {
  CODE_PICTURE_LIMITS,
  readFirstCodes,
} from '../../../../cloudfunctions/capture-code/read-code-picture';
import { PHOTO_LIMITS } from '../../../../cloudfunctions/photo-engine/decode/decode-photo';
import { CHECK_WORDS } from '../../../../miniprogram/copy/check-words';
import { STAFF_STATE_WORDS } from '../../../../miniprogram/copy/operator-state-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import { CONSENT_VERSION } from '../../../../miniprogram/shared/contract/student';
import {
  type Seat,
  type StationModeContract,
} from '../../../../miniprogram/shared/contract/operator/station-mode';
import { type PhotoView } from '../../../../miniprogram/shared/contract/submission-view';
import { type FileId } from '../../../../miniprogram/shared/identity/ids';
import { type SubmissionState } from '../../../../miniprogram/shared/submission/submission-machine';
import { checksWith } from '../../../../miniprogram/shared/verdict/verdict';

const NOT_HERE = '这个批次不允许当场确认，请学生用自己的微信确认';

/** The code and ID tail again: the student's own yes. */
type Shown = Pick<StationModeContract['stationConfirm']['request'], 'payloadBase64' | 'idTail'>;

/** Whatever happens, this PC no longer acts for the student afterwards. */
async function shootAtSeat(
  staff: StaffClient,
  { id: seatId, submission, mayConfirmHere }: Seat,
  portrait: Uint8Array,
  confirmWith: Shown | null,
): Promise<{ readonly photo: PhotoView; readonly state: SubmissionState }> {
  try {
    const { cloudPath, uploadId } = await staff.operator('stationUpload', { seatId, extension: 'jpg' });
    const fileId = (await staff.upload(cloudPath, portrait)) as FileId;
    const answer = await staff.photo('submit', { submissionId: submission.id, uploadId, fileId, ticks: [] });
    const { photo } = answer;
    const mayConfirm = mayConfirmHere && answer.submission.developedPhoto?.id === photo.id;
    if (confirmWith === null || !mayConfirm) return { photo, state: answer.submission.state };
    const { state } = await staff.operator('stationConfirm', { seatId, photoId: photo.id, ...confirmWith });
    return { photo, state };
  } finally {
    await staff.operator('stationLeave', { seatId });
  }
}

const sit: OperatorCommand = {
  name: 'station sit',
  summary: '站点代拍一位学生：采集码图片、证件号后四位、照片',
  arguments: ['采集码图片', '照片'],
  options: {
    'id-tail': { type: 'string', help: '（四位）证件号后四位，请学生自己输入' },
    consent: { type: 'boolean', help: '学生已经看过说明，并单独同意使用人脸照片' },
    confirm: { type: 'boolean', help: '学生当场确认成品（批次允许时）' },
  },
  example: 'station sit 采集码.png 照片.jpg --id-tail 002X --consent',
  async run({ session }, given) {
    const { staff } = session;
    const portrait = readPictureFile(given.argument(1, '照片'), PHOTO_LIMITS);
    const [code] = await readFirstCodes(
      readPictureFile(given.argument(0, '采集码图片'), CODE_PICTURE_LIMITS),
    );
    if (code === undefined) throw new UsageError('图片里没有读到采集码。');
    const shown = {
      payloadBase64: Buffer.from(code.payload).toString('base64'),
      idTail: given.needed('id-tail'),
    };
    const confirm = given.flag('confirm');
    const resolution = await staff.operator('stationResolve', shown);
    if (resolution.consentNeeded && !given.flag('consent')) {
      throw new UsageError('学生还没有同意使用说明。请学生看过并单独同意使用人脸照片，再加 --consent。');
    }
    const seat = await staff.operator('stationSeat', {
      resolutionId: resolution.id,
      consentVersion: resolution.consentNeeded ? CONSENT_VERSION : null,
    });
    const { photo, state } = await shootAtSeat(staff, seat, portrait, confirm ? shown : null);
    const { student } = resolution;
    const blocked = checksWith(photo.verdict, 'blocked').map((id) => CHECK_WORDS[id].name);
    const text = facts([
      ['学生', `${student.maskedName} ${student.maskedStudentNumber}`],
      ['状态', STAFF_STATE_WORDS[state]],
      ...(confirm && !seat.mayConfirmHere ? [['没有确认', NOT_HERE] as const] : []),
      ...(blocked.length > 0 ? [['请调整后重拍', blocked.join('、')] as const] : []),
    ]);
    const exitCode = blocked.length > 0 ? 2 : 0;
    return { text, json: { student, photo, state }, exitCode };
  },
};

const seats: OperatorCommand = {
  name: 'station seats',
  summary: '看自己代拍过的学生',
  arguments: [],
  options: {},
  async run({ session }) {
    const data = await session.staff.operator('stationSeats', {});
    const rows = data.seats.map(({ maskedStudentNumber, maskedName, state, seatedAt }) => [
      maskedStudentNumber,
      maskedName,
      STAFF_STATE_WORDS[state],
      momentWords(seatedAt),
    ]);
    return { text: table(['学号', '姓名', '状态', '时间'], rows), json: data };
  },
};

export const STATION_COMMANDS: readonly OperatorCommand[] = [sit, seats];
