/** A 学籍 that some account has bound in a batch of long ago, with nothing left of it but the binding. */
import { captureCodesForTests } from './code-builder';
import { daysFromNow } from './batch-builder';
import { type BindingDocument } from '../../cloudfunctions/capture-code/binding/binding-document';
import { enrolmentKeyOf } from '../../cloudfunctions/capture-code/keyed-digest';
import { collection } from '../../cloudfunctions/platform/database';

export async function storedBinding(enrolment: Parameters<typeof enrolmentKeyOf>[0]): Promise<void> {
  await collection<BindingDocument>('bindings').set({
    _id: enrolmentKeyOf(enrolment, captureCodesForTests().digestKey),
    openid: 'an-account-that-is-lost',
    codeKey: 'a code',
    submissionIds: [],
    boundAt: daysFromNow(-365),
  });
}
