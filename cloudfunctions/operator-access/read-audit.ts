/** The audit for people: newest first, of the caller's scope. Refuses to resolve pseudonyms. */
import { actorOf, type AuditDocument } from '../audit/append-audit';
import { packagesWith } from '../export/packages-with';
import { collection, command, type Filter } from '../platform/database';
import { type Call } from '../requests/call';
import { type SubmissionDocument } from '../submission/submission-document';
import { type AccessContract, type AuditEntry } from '../../miniprogram/shared/contract/operator/access';
import { type Scope } from '../../miniprogram/shared/roles/scope';

const PAGE = 100;

type AuditPage = AccessContract['audit']['data'];

export async function readAudit(
  call: Call,
  scope: Scope,
  { subjectId, cursor }: AccessContract['audit']['request'],
): Promise<AuditPage> {
  return readPage(call, scope, subjectId === undefined ? {} : { subjectId }, cursor);
}

/** What was done to one student's submission, also to one that was deleted, and to the packages with the photo. */
export async function readStudentAudit(
  call: Call,
  scope: Scope,
  submission: Pick<SubmissionDocument, '_id' | 'batchId'>,
  cursor: string | undefined,
): Promise<AuditPage> {
  const subjects: readonly string[] = [submission._id, ...(await packagesWith(submission))];
  return readPage(call, scope, { subjectId: command().in([...subjects]) }, cursor);
}

async function readPage(
  call: Call,
  scope: Scope,
  about: Filter<AuditDocument>,
  cursor: string | undefined,
): Promise<AuditPage> {
  const found = await collection<AuditDocument>('audit').find(
    {
      ...(scope.schools !== 'all' && { schoolCode: command().in([...scope.schools]) }),
      ...about,
      ...(cursor !== undefined && { at: command().lt(cursor) }),
    },
    { limit: PAGE + 1, sort: [['at', 'desc']] },
  );
  const { page, next } = cutBetweenMoments(found);
  const me = actorOf(call.openid);
  const entries = page.map(({ at, actor, action, subjectId: subject }): AuditEntry => ({
    at,
    actor,
    isMe: actor === me,
    action,
    subjectId: subject,
  }));
  return { entries, next };
}

/**
 * The cursor is a moment, so a page ends where a moment ends: entries of the moment that was cut through come with
 * the next page, unless one moment fills a page alone.
 */
function cutBetweenMoments(found: readonly AuditDocument[]): {
  readonly page: readonly AuditDocument[];
  readonly next: string | null;
} {
  const over = found[PAGE];
  if (over === undefined) return { page: found, next: null };
  const whole = found.filter(({ at }) => at > over.at);
  const page = whole.length > 0 ? whole : found.slice(0, PAGE);
  return { page, next: page.at(-1)!.at };
}
