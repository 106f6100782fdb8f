/** Station mode with files instead of a camera: for a photographer's PC, and for trying it out. */
import { readFileSync } from 'node:fs';
import { facts, table } from '../output';
import { type OperatorCommand } from '../operator-command';
import { UsageError } from '../../support/command';
import { readFirstCodes } from '../../../../cloudfunctions/capture-code/read-code-picture';
import { CHECK_WORDS } from '../../../../miniprogram/copy/check-words';
import { stateLabel } from '../../../../miniprogram/copy/spreadsheet-words';
import { momentWords } from '../../../../miniprogram/copy/time-words';
import { CONSENT_VERSION } from '../../../../miniprogram/shared/contract/student';
import { type FileId } from '../../../../miniprogram/shared/identity/ids';
import { checksWith } from '../../../../miniprogram/shared/verdict/verdict';

const sit: OperatorCommand = {
  name: 'station sit',
  summary: '站点代拍一位学生：采集码图片、证件号后四位、照片',
  arguments: ['采集码图片', '照片'],
  options: {
    'id-tail': { type: 'string', help: '（四位）证件号后四位，请学生自己输入' },
    consent: { type: 'boolean', help: '学生已经看过说明，并单独同意使用人脸照片' },
    confirm: { type: 'boolean', help: '学生当场确认成品（批次允许时）' },
  },
  async run({ session }, given) {
    const { staff } = session;
    const [code] = await readFirstCodes(readFileSync(given.argument(0, '采集码图片')));
    if (code === undefined) throw new UsageError('图片里没有读到采集码。');
    const shown = {
      payloadBase64: Buffer.from(code.payload).toString('base64'),
      idTail: given.needed('id-tail'),
    };
    const resolution = await staff.operator('stationResolve', shown);
    if (resolution.consentNeeded && !given.flag('consent')) {
      throw new UsageError('学生还没有同意使用说明。请学生看过并单独同意使用人脸照片，再加 --consent。');
    }
    const seat = await staff.operator('stationSeat', {
      resolutionId: resolution.id,
      consentVersion: resolution.consentNeeded ? CONSENT_VERSION : null,
    });
    const ticket = await staff.operator('stationUpload', { seatId: seat.id, extension: 'jpg' });
    const fileId = (await staff.upload(ticket.cloudPath, readFileSync(given.argument(1, '照片')))) as FileId;
    const { photo, submission } = await staff.photo('submit', {
      submissionId: seat.submission.id,
      uploadId: ticket.uploadId,
      fileId,
      ticks: [],
    });
    const confirmed =
      given.flag('confirm') && submission.developedPhoto !== null
        ? await staff.operator('stationConfirm', { seatId: seat.id, photoId: photo.id, ...shown })
        : null;
    await staff.operator('stationLeave', { seatId: seat.id });
    const { student } = resolution;
    const blocked = checksWith(photo.verdict, 'blocked').map((id) => CHECK_WORDS[id].name);
    const text = facts([
      ['学生', `${student.maskedName} ${student.maskedStudentNumber}`],
      ['状态', stateLabel((confirmed ?? submission).state)],
      ...(blocked.length > 0 ? [['请调整后重拍', blocked.join('、')] as const] : []),
    ]);
    const exitCode = blocked.length > 0 ? 2 : 0;
    return { text, json: { student, photo, state: (confirmed ?? submission).state }, exitCode };
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
      stateLabel(state),
      momentWords(seatedAt),
    ]);
    return { text: table(['学号', '姓名', '状态', '时间'], rows), json: data };
  },
};

export const STATION_COMMANDS: readonly OperatorCommand[] = [sit, seats];
