/** The cloud function `student`: one typed method for each action. Complete by type. */
import { StudentContract } from '../shared/contract/student';
import { FunctionClient, action } from './call-function';

const NAME = 'student';

export const studentService: FunctionClient<StudentContract> = {
  overview: action<StudentContract['overview']>(NAME, 'overview'),
  consent: action<StudentContract['consent']>(NAME, 'consent'),
  withdrawConsent: action<StudentContract['withdrawConsent']>(NAME, 'withdrawConsent'),
  prepareUpload: action<StudentContract['prepareUpload']>(NAME, 'prepareUpload'),
  resolveCode: action<StudentContract['resolveCode']>(NAME, 'resolveCode'),
  bind: action<StudentContract['bind']>(NAME, 'bind'),
  submission: action<StudentContract['submission']>(NAME, 'submission'),
  confirm: action<StudentContract['confirm']>(NAME, 'confirm'),
  withdraw: action<StudentContract['withdraw']>(NAME, 'withdraw'),
  restart: action<StudentContract['restart']>(NAME, 'restart'),
  allowReminder: action<StudentContract['allowReminder']>(NAME, 'allowReminder'),
  downloadLink: action<StudentContract['downloadLink']>(NAME, 'downloadLink'),
  storedData: action<StudentContract['storedData']>(NAME, 'storedData'),
  deleteSubmission: action<StudentContract['deleteSubmission']>(NAME, 'deleteSubmission'),
};
