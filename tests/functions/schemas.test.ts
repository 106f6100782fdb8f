import fc from 'fast-check';
import * as v from 'valibot';
import { PHOTO_SCHEMAS } from '../../cloudfunctions/functions/photo/schemas';
import { STUDENT_SCHEMAS } from '../../cloudfunctions/functions/student/schemas';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { PERSON_TICKS } from '../../miniprogram/shared/verdict/check-ids';

const schemas = { ...STUDENT_SCHEMAS, ...PHOTO_SCHEMAS };
type Action = keyof typeof schemas;
const accepts = (action: Action, payload: unknown) => v.safeParse(schemas[action], payload).success;

const id = newId();
const fileId = `cloud://prod-1a2b.7072-prod-1a2b-1250000000/originals/${newId()}.jpg`;
const picture = { kind: 'picture', uploadId: newId(), fileId };
const submit = { submissionId: id, uploadId: id, fileId, ticks: [] };

test.each<[Action, unknown]>([
  ['overview', {}],
  ['consent', { version: CONSENT_VERSION, facePhoto: false }],
  ['withdrawConsent', {}],
  ['prepareUpload', { purpose: 'portrait', extension: 'jpg' }],
  ['resolveCode', { code: { kind: 'payload', payloadBase64: 'R1BD' }, idTail: '002x' }],
  ['resolveCode', { code: picture, idTail: '１２３（4）' }],
  ['bind', { resolutionId: id }],
  ['submission', { submissionId: id }],
  ['confirm', { submissionId: id, photoId: id }],
  ['withdraw', { submissionId: id }],
  ['restart', { submissionId: id }],
  ['allowReminder', { submissionId: id }],
  ['downloadLink', { submissionId: id, photoId: id, which: 'original' }],
  ['storedData', {}],
  ['deleteSubmission', { submissionId: id }],
  ['submit', { ...submit, ticks: [...PERSON_TICKS] }],
  ['warm', {}],
])('%s accepts %j', (action, payload) => {
  expect(accepts(action, payload)).toBe(true);
});

test.each<[string, Action, unknown]>([
  ['a field too many', 'overview', { openid: 'somebody' }],
  ['an identity beside the payload', 'confirm', { submissionId: id, photoId: id, openid: 'somebody' }],
  ['a missing field', 'confirm', { submissionId: id }],
  ['null', 'confirm', null],
  ['a list instead of an object', 'bind', [id]],
  ['an operator instead of an id', 'submission', { submissionId: { $ne: null } }],
  ['an id that is too long', 'submission', { submissionId: `${id}0` }],
  ['an id with a path in it', 'submission', { submissionId: '../submissions' }],
  ['an empty id', 'submission', { submissionId: '' }],
  ['a wording of any length', 'consent', { version: 'x'.repeat(10_000), facePhoto: true }],
  ['a word instead of yes or no', 'consent', { version: CONSENT_VERSION, facePhoto: 'yes' }],
  ['a purpose of its own', 'prepareUpload', { purpose: 'standards', extension: 'jpg' }],
  ['an extension with a path in it', 'prepareUpload', { purpose: 'portrait', extension: 'jpg/../../x' }],
  [
    'a payload over the limit',
    'resolveCode',
    { code: { kind: 'payload', payloadBase64: 'AAAA'.repeat(1025) }, idTail: '0000' },
  ],
  ['an empty payload', 'resolveCode', { code: { kind: 'payload', payloadBase64: '' }, idTail: '0000' }],
  [
    'a payload that is no base64',
    'resolveCode',
    { code: { kind: 'payload', payloadBase64: '****' }, idTail: '0000' },
  ],
  ['a tail as long as a whole number and more', 'resolveCode', { code: picture, idTail: '1'.repeat(33) }],
  ['a number instead of a tail', 'resolveCode', { code: picture, idTail: 1234 }],
  ['both kinds of code', 'resolveCode', { code: { ...picture, payloadBase64: 'R1BD' }, idTail: '0000' }],
  ['an address instead of a file id', 'submit', { ...submit, fileId: 'https://example.com/a.jpg' }],
  ['a file id of any length', 'submit', { ...submit, fileId: `cloud://a/${'b'.repeat(400)}` }],
  ['a tick that does not exist', 'submit', { ...submit, ticks: ['no-beard'] }],
  ['a tick twice', 'submit', { ...submit, ticks: ['no-hood', 'no-hood'] }],
  ['a picture inside the call', 'submit', { ...submit, picture: 'A'.repeat(1000) }],
])('%s is refused', (_, action, payload) => {
  expect(accepts(action, payload)).toBe(false);
});

test('whatever is sent, checking it never throws', () => {
  const anyAction = fc.constantFrom(...(Object.keys(schemas) as Action[]));
  fc.assert(
    fc.property(anyAction, fc.anything(), (action, payload) => {
      expect(() => accepts(action, payload)).not.toThrow();
    }),
  );
});
