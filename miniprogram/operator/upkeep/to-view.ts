/** Stored people, what is deleted tonight, and the audit. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { STORED_PEOPLE_WORDS, storedPeopleCount } from '../../copy/operator-enter-words';
import {
  AUDIT_WORDS,
  doersOf,
  leftWords,
  RETENTION_KIND_WORDS,
  UPKEEP_WORDS,
} from '../../copy/operator-upkeep-words';
import { momentWords } from '../../copy/time-words';
import { Words } from '../../copy/words';
import { PageState } from '../../pages/define-page';
import { RetentionReport } from '../../shared/contract/housekeeping';
import { AuditEntry, Me, MemberView } from '../../shared/contract/operator/access';

export interface UpkeepState extends PageState {
  readonly me: Me | null;
  readonly report: RetentionReport | null;
  readonly audit: { readonly entries: readonly AuditEntry[]; readonly next: string | null } | null;
  /** Who the deeds may be told of. */
  readonly members: readonly MemberView[];
  readonly busy: 'report' | 'run' | 'audit' | null;
  readonly telephone: string;
}

export interface UpkeepView {
  readonly loading: boolean;
  readonly mayClean: boolean;
  readonly people: string;
  readonly countedAt: string;
  readonly warning: Words | null;
  readonly urgent: boolean;
  readonly reportTitle: string;
  readonly lines: readonly {
    readonly id: string;
    readonly name: string;
    readonly batch: string;
    readonly amount: string;
  }[];
  /** Why something that is due is still there, or is not in a preview; empty: nothing is. */
  readonly left: string;
  readonly nothing: boolean;
  readonly canRun: boolean;
  readonly busy: UpkeepState['busy'];
  readonly entries: readonly { readonly id: string; readonly what: string; readonly who: string }[];
  readonly auditOpen: boolean;
  readonly hasMore: boolean;
  readonly failure: FailureView | null;
}

export function toView({ me, report, audit, members, busy, failure, telephone }: UpkeepState): UpkeepView {
  const people = report?.storedPeople ?? me?.storedPeople ?? null;
  const lines = report?.lines ?? [];
  const entries = audit?.entries ?? [];
  const doer = doersOf(entries, members);
  return {
    loading: me === null && failure === null,
    mayClean: me?.mayDo.includes('housekeeping.report') ?? false,
    people: people === null ? '' : storedPeopleCount(people.count),
    countedAt: people === null ? '' : UPKEEP_WORDS.countedAt(momentWords(people.countedAt)),
    warning: people === null ? null : STORED_PEOPLE_WORDS[people.warning],
    urgent: people?.warning === 'filing-due',
    reportTitle:
      report === null || lines.length === 0 ? '' : report.dryRun ? UPKEEP_WORDS.dry : UPKEEP_WORDS.done,
    lines: lines.map(({ kind, batchId, batchTitle, documents, files }) => ({
      id: `${kind} ${batchId ?? ''}`,
      name: RETENTION_KIND_WORDS[kind],
      batch: batchTitle ?? '',
      amount: UPKEEP_WORDS.line(documents, files),
    })),
    left: report === null ? '' : leftWords(report),
    nothing: report !== null && lines.length === 0 && report.complete,
    canRun: report !== null && report.dryRun && lines.length > 0,
    busy,
    entries: entries.map((entry, index) => ({
      id: String(index),
      what: AUDIT_WORDS[entry.action] ?? entry.action,
      who: `${momentWords(entry.at)} · ${doer(entry)}`,
    })),
    auditOpen: audit !== null,
    hasMore: (audit?.next ?? null) !== null,
    failure: failureView(failure, telephone),
  };
}
