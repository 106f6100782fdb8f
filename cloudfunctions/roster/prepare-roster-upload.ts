/** Permission to upload one list to one path that the server chose. */
import { type Call } from '../requests/call';
import { knownRequest } from '../requests/once-per-request';
import { issueTicket } from '../upload/issue-ticket';
import { type RosterContract } from '../../miniprogram/shared/contract/operator/roster';
import { type UploadTicket } from '../../miniprogram/shared/contract/student';

/** @throws DomainError TOO_MANY_REQUESTS */
export async function prepareRosterUpload(
  call: Call,
  request: RosterContract['prepareRosterUpload']['request'],
): Promise<UploadTicket> {
  const { extension } = request;
  return issueTicket(call, knownRequest(call, 'prepareRosterUpload', request), {
    purpose: 'roster',
    extension,
  });
}
