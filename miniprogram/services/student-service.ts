/** The cloud function `student`: one typed method for each action. Complete by type. */
import { StudentContract } from '../shared/contract/student';
import { FunctionClient, action, keyedAction } from './call-function';

const NAME = 'student';

export const studentService = {
  overview: action<StudentContract['overview']>(NAME, 'overview'),
  consent: keyedAction<StudentContract['consent']>(NAME, 'consent'),
  withdrawConsent: keyedAction<StudentContract['withdrawConsent']>(NAME, 'withdrawConsent'),
  prepareUpload: action<StudentContract['prepareUpload']>(NAME, 'prepareUpload'),
  resolveCode: keyedAction<StudentContract['resolveCode']>(NAME, 'resolveCode'),
  bind: keyedAction<StudentContract['bind']>(NAME, 'bind'),
  submission: action<StudentContract['submission']>(NAME, 'submission'),
  confirm: keyedAction<StudentContract['confirm']>(NAME, 'confirm'),
  withdraw: keyedAction<StudentContract['withdraw']>(NAME, 'withdraw'),
  restart: keyedAction<StudentContract['restart']>(NAME, 'restart'),
  allowReminder: keyedAction<StudentContract['allowReminder']>(NAME, 'allowReminder'),
  downloadLink: action<StudentContract['downloadLink']>(NAME, 'downloadLink'),
  storedData: action<StudentContract['storedData']>(NAME, 'storedData'),
  deleteSubmission: keyedAction<StudentContract['deleteSubmission']>(NAME, 'deleteSubmission'),
} satisfies FunctionClient<StudentContract>;
