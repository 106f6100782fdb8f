/** The function `student`: consent, binding and the life of one's own submissions. Light; carries no pictures. */
import { STUDENT_SCHEMAS as schemas } from './schemas';
import { captureCodes } from './capture-codes';
import { bindCode } from '../../capture-code/binding/bind-code';
import { resolveCode } from '../../capture-code/binding/resolve-code';
import { giveConsent, withdrawConsent } from '../../consent/give-consent';
import { type CallContext, defineFunction } from '../../platform/define-function';
import { allowReminder } from '../../progress/allow-reminder';
import { type Call, callOf } from '../../requests/call';
import { createReadingLimit, STUDENT_READING } from '../../requests/reading-limit';
import { confirmPhoto, restartSubmission, withdrawSubmission } from '../../submission/decide-submission';
import { deleteSubmission } from '../../submission/delete-submission';
import { downloadLink } from '../../submission/download-link';
import { readOverview, readSubmission } from '../../submission/read-submissions';
import { readStoredData } from '../../submission/stored-data';
import { prepareUpload } from '../../upload/prepare-upload';
import { type StudentContract } from '../../../miniprogram/shared/contract/student';

const countReading = createReadingLimit(STUDENT_READING);

/** The call of somebody who only reads, within what a person reads. */
function readingCallOf(context: CallContext): Call {
  const call = callOf(context);
  countReading(call);
  return call;
}

export const main = defineFunction<StudentContract>({
  name: 'student',
  actions: {
    overview: { schema: schemas.overview, handle: (_, context) => readOverview(readingCallOf(context)) },
    consent: { schema: schemas.consent, handle: (input, context) => giveConsent(callOf(context), input) },
    withdrawConsent: {
      schema: schemas.withdrawConsent,
      handle: (_, context) => withdrawConsent(callOf(context)),
    },
    prepareUpload: {
      schema: schemas.prepareUpload,
      handle: (input, context) => prepareUpload(callOf(context), input),
    },
    resolveCode: {
      schema: schemas.resolveCode,
      handle: async (input, context) => resolveCode(callOf(context), input, await captureCodes()),
    },
    bind: { schema: schemas.bind, handle: (input, context) => bindCode(callOf(context), input) },
    submission: {
      schema: schemas.submission,
      handle: (input, context) => readSubmission(readingCallOf(context), input),
    },
    confirm: { schema: schemas.confirm, handle: (input, context) => confirmPhoto(callOf(context), input) },
    withdraw: {
      schema: schemas.withdraw,
      handle: (input, context) => withdrawSubmission(callOf(context), input),
    },
    restart: {
      schema: schemas.restart,
      handle: (input, context) => restartSubmission(callOf(context), input),
    },
    allowReminder: {
      schema: schemas.allowReminder,
      handle: (input, context) => allowReminder(callOf(context), input),
    },
    downloadLink: {
      schema: schemas.downloadLink,
      handle: (input, context) => downloadLink(readingCallOf(context), input),
    },
    storedData: {
      schema: schemas.storedData,
      handle: (_, context) => readStoredData(readingCallOf(context)),
    },
    deleteSubmission: {
      schema: schemas.deleteSubmission,
      handle: (input, context) => deleteSubmission(callOf(context), input),
    },
  },
});
