/** A station's teacher and the students in front of the teacher's phone, by the use cases' own doors. */
import { aCall } from './call-builder';
import { captureCodesForTests, RIGHT_TAIL } from './code-builder';
import { type FakePhotoEngine, fakeEngineThatDevelops } from './fake-photo-engine';
import { storedMember } from './staff-builder';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { actingCall } from '../../cloudfunctions/station-mode/act-at-seat';
import { resolveAtStation } from '../../cloudfunctions/station-mode/resolve-at-station';
import { type SeatDocument } from '../../cloudfunctions/station-mode/seat-document';
import { shownCodeSubject, takeSeat } from '../../cloudfunctions/station-mode/take-seat';
import { uploadAtSeat } from '../../cloudfunctions/station-mode/use-seat';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type Seat } from '../../miniprogram/shared/contract/operator/station-mode';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type PhotoId, type SeatId, type StationId } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';

export const codes = captureCodesForTests();
export const STATION: StationId = stationIdOf('99999', '阜阳站');
/** What STATION's teachers reach. */
export const SCOPE: Scope = { schools: ['99999'], stations: [STATION] };

/** Somebody new who teaches at STATION. */
export async function aTeacher(): Promise<Call> {
  const member = await storedMember({ role: 'station', schoolCode: '99999', stationIds: [STATION] });
  return aCall({ openid: member.openid });
}

/** What a student shows and says: the code, and the tail of the ID number. */
export const shown = (code: Uint8Array, idTail = RIGHT_TAIL) => ({
  payloadBase64: Buffer.from(code).toString('base64'),
  idTail,
});

export const resolve = (teacher: Call, code: Uint8Array, idTail?: string, scope = SCOPE) =>
  resolveAtStation(teacher, scope, shown(code, idTail), codes);

/** The code is shown, and the teacher says that this is the student. */
export async function seat(
  teacher: Call,
  code: Uint8Array,
  consentVersion: string | null = CONSENT_VERSION,
  scope = SCOPE,
): Promise<Seat> {
  const { id } = await resolve(teacher, code, RIGHT_TAIL, scope);
  const subject = await shownCodeSubject(teacher, id);
  return takeSeat(teacher, scope, subject!.thing, { resolutionId: id, consentVersion });
}

export async function seatDocument(id: SeatId): Promise<SeatDocument> {
  const document = await collection<SeatDocument>('seats').get(id);
  return document!;
}

/** The teacher's phone takes a photo of the seated student, as the function `photo` does it. */
export async function shoot(
  teacher: Call,
  { id, submission }: Seat,
  engine: FakePhotoEngine = fakeEngineThatDevelops(),
): Promise<PhotoId> {
  const ticket = await uploadAtSeat(teacher, await seatDocument(id), { seatId: id, extension: 'jpg' });
  const fileId = await uploadBytes(ticket.cloudPath, Buffer.from('a portrait'));
  const request = { submissionId: submission.id, uploadId: ticket.uploadId, fileId, ticks: [] };
  const { photo } = await submitPhoto(await actingCall(teacher, submission.id), request, engine);
  return photo.id;
}
