/** Roles, invitations, schools, stations and the audit, as the function `operator` sends them. */
import { BatchId, Instant, InvitationId, MemberId, StationId } from '../../identity/ids';
import { Membership } from '../../roles/membership';
import { StaffUseCase } from '../../roles/role-table';

export interface SchoolView {
  /** 院校代码, five digits. */
  readonly code: string;
  readonly name: string;
}

export interface StationView {
  readonly id: StationId;
  readonly schoolCode: string;
  /** As the school's lists spell it; rosters are matched by it. */
  readonly code: string;
  /** As people read it. */
  readonly name: string;
}

export interface MemberView {
  readonly id: MemberId;
  readonly membership: Membership;
  /** What the inviter wrote to tell people apart, e.g. 阜阳站 王老师; empty for the first operator, whom nobody invited. */
  readonly label: string;
  readonly since: Instant;
  readonly isMe: boolean;
  /** The pseudonym in the audit: who may see the members may know whose deeds these are. */
  readonly actor: string;
}

/** People whose photos are stored. From 90,000 the operator is warned, at 100,000 a filing is due. */
export interface StoredPeople {
  readonly count: number;
  readonly countedAt: Instant;
  readonly warning: 'none' | 'filing-soon' | 'filing-due';
}

export interface Me {
  /** Null: nobody invited this person yet. */
  readonly member: MemberView | null;
  readonly mayDo: readonly StaffUseCase[];
  readonly schools: readonly SchoolView[];
  readonly stations: readonly StationView[];
  /** For operators; null before the first count. */
  readonly storedPeople: StoredPeople | null;
  readonly now: Instant;
}

export interface InvitationView {
  readonly id: InvitationId;
  readonly membership: Membership;
  readonly label: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly state: 'open' | 'used' | 'expired' | 'revoked';
}

export interface CreatedInvitation {
  readonly invitation: InvitationView;
  /** Shown to the inviter alone and stored nowhere: 20 characters in groups, e.g. 7K2M-9QXB-… */
  readonly code: string;
}

export interface AuditEntry {
  readonly at: Instant;
  /** Pseudonym of who did it; the same for all deeds of one person. */
  readonly actor: string;
  readonly isMe: boolean;
  /** E.g. `member.join`, `batch.change-deadline`, `submission.accept`. */
  readonly action: string;
  readonly subjectId: string;
}

export interface AccessContract {
  readonly me: { readonly request: Record<string, never>; readonly data: Me };
  readonly createInvitation: {
    readonly request: {
      readonly membership: Membership;
      readonly label: string;
      /** 1 to 14 × 24. */
      readonly validHours: number;
    };
    readonly data: CreatedInvitation;
  };
  readonly invitations: {
    readonly request: Record<string, never>;
    readonly data: { readonly invitations: readonly InvitationView[] };
  };
  readonly revokeInvitation: {
    readonly request: { readonly invitationId: InvitationId };
    readonly data: InvitationView;
  };
  /** The code of an invitation, or once the setup secret of the deployment. Any spelling: spaces, dashes, lower case. */
  readonly acceptInvitation: { readonly request: { readonly code: string }; readonly data: Me };
  /** Gives up the own membership. */
  readonly leave: { readonly request: Record<string, never>; readonly data: Me };
  readonly members: {
    readonly request: Record<string, never>;
    readonly data: { readonly members: readonly MemberView[] };
  };
  readonly removeMember: {
    readonly request: { readonly memberId: MemberId };
    readonly data: { readonly members: readonly MemberView[] };
  };
  readonly audit: {
    readonly request: {
      /** Only what concerns this id (a submission, a batch, a member …). */
      readonly subjectId?: string;
      /** `next` of the answer before; newest entries come first. */
      readonly cursor?: string;
    };
    readonly data: { readonly entries: readonly AuditEntry[]; readonly next: string | null };
  };
  /**
   * The same about one student of a batch and the packages that hold or held the photo, by the number that a complaint
   * names: no page shows the id of a submission. Also where the data was deleted, which is then among the entries.
   * NOT_FOUND {event: look-up} for a number that this batch has never seen.
   */
  readonly studentAudit: {
    readonly request: {
      readonly batchId: BatchId;
      readonly studentNumber: string;
      readonly cursor?: string;
    };
    readonly data: { readonly entries: readonly AuditEntry[]; readonly next: string | null };
  };
  /** Adds a school or changes its name. */
  readonly saveSchool: { readonly request: SchoolView; readonly data: SchoolView };
  readonly stations: {
    readonly request: { readonly schoolCode: string };
    readonly data: { readonly stations: readonly StationView[] };
  };
  /** Adds a station or changes how it is shown. Rosters add the stations they name by themselves. */
  readonly saveStation: {
    readonly request: { readonly schoolCode: string; readonly code: string; readonly name: string };
    readonly data: StationView;
  };
}
