/** Rosters, progress, one student, review, bindings, station mode: what the staff does about students. */
import { ROSTER_SCHEMAS as roster } from './schemas/roster';
import {
  BINDING_SCHEMAS as binding,
  PROGRESS_SCHEMAS as progress,
  REVIEW_SCHEMAS as review,
  STANDING_SCHEMAS as standing,
  STATION_MODE_SCHEMAS as station,
} from './schemas/students';
import { codesOfStaff, digestKeyOfStaff } from './codes-of-staff';
import { batchSubject } from '../../batch/batch-subject';
import { releaseBinding } from '../../capture-code/binding/release-binding';
import { type StaffActions } from '../../operator-access/define-staff-function';
import { listMissing } from '../../progress/list-missing';
import { readProgress } from '../../progress/read-progress';
import { readStanding } from '../../progress/read-standing';
import { sendReminders } from '../../progress/send-reminders';
import { decideReview, returnPhoto, undoReview } from '../../review/decide-review';
import { overrideChecks, stuckSubmissions } from '../../review/override-checks';
import { readReviewQueue, releaseReview, takeReview, takeReviewOf } from '../../review/take-review';
import { applyRoster } from '../../roster/apply-roster';
import { checkRoster } from '../../roster/check-roster';
import { prepareRosterUpload } from '../../roster/prepare-roster-upload';
import { planSubject, rosterDifferences, rosterFindings } from '../../roster/read-plan';
import { toRosterPlan } from '../../roster/roster-plan-document';
import { resolveAtStation } from '../../station-mode/resolve-at-station';
import { seatSubject } from '../../station-mode/seat-document';
import { shownCodeSubject, takeSeat } from '../../station-mode/take-seat';
import { confirmAtSeat, leaveSeat, listSeats, uploadAtSeat } from '../../station-mode/use-seat';
import { submissionByNumber, submissionSubject } from '../../submission/submission-subject';
import { type BindingContract } from '../../../miniprogram/shared/contract/operator/binding';
import { type ProgressContract } from '../../../miniprogram/shared/contract/operator/progress';
import { type ReviewContract } from '../../../miniprogram/shared/contract/operator/review';
import { type RosterContract } from '../../../miniprogram/shared/contract/operator/roster';
import { type StandingContract } from '../../../miniprogram/shared/contract/operator/standing';
import { type StationModeContract } from '../../../miniprogram/shared/contract/operator/station-mode';

export const ROSTER_ACTIONS: StaffActions<RosterContract> = {
  prepareRosterUpload: {
    schema: roster.prepareRosterUpload,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), () => prepareRosterUpload(staff.call, input)),
  },
  checkRoster: {
    schema: roster.checkRoster,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) => checkRoster(staff.call, batch, input)),
  },
  rosterPlan: {
    schema: roster.rosterPlan,
    run: (staff, { planId }) =>
      staff.about(planSubject(planId), (plan) => Promise.resolve(toRosterPlan(plan))),
  },
  rosterFindings: {
    schema: roster.rosterFindings,
    run: (staff, { planId, page }) => staff.about(planSubject(planId), (plan) => rosterFindings(plan, page)),
  },
  rosterDifferences: {
    schema: roster.rosterDifferences,
    run: (staff, { planId, page }) =>
      staff.about(planSubject(planId), (plan) => rosterDifferences(plan, page)),
  },
  applyRoster: {
    schema: roster.applyRoster,
    run: (staff, { planId, digest }) =>
      staff.about(planSubject(planId), (plan) => applyRoster(staff.call, plan._id, digest)),
  },
};

export const PROGRESS_ACTIONS: StaffActions<ProgressContract> = {
  progress: {
    schema: progress.progress,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) =>
        readProgress(staff.call, staff.scope, batch, input),
      ),
  },
  missing: {
    schema: progress.missing,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) => listMissing(staff.scope, batch, input)),
  },
  sendReminders: {
    schema: progress.sendReminders,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), (batch) =>
        sendReminders(staff.call, staff.scope, batch, input),
      ),
  },
};

export const STANDING_ACTIONS: StaffActions<StandingContract> = {
  studentStanding: {
    schema: standing.studentStanding,
    run: (staff, { batchId, studentNumber }) =>
      staff.about(batchSubject(batchId), async (batch) =>
        readStanding(staff.scope, batch, studentNumber, await digestKeyOfStaff()),
      ),
  },
};

export const REVIEW_ACTIONS: StaffActions<ReviewContract> = {
  reviewQueue: {
    schema: review.reviewQueue,
    run: (staff, { batchId }) =>
      staff.about(batchSubject(batchId), () => readReviewQueue(staff.call, batchId)),
  },
  takeReview: {
    schema: review.takeReview,
    run: (staff, { batchId, skip, studentNumber }) =>
      staff.about(batchSubject(batchId), async () => ({
        item:
          studentNumber === undefined
            ? await takeReview(staff.call, batchId, skip)
            : await takeReviewOf(staff.call, batchId, studentNumber),
      })),
  },
  releaseReview: {
    schema: review.releaseReview,
    run: (staff, { submissionId }) =>
      staff.about(submissionSubject(submissionId), async () => ({
        released: await releaseReview(staff.call, submissionId),
      })),
  },
  decideReview: {
    schema: review.decideReview,
    run: (staff, input) =>
      staff.about(submissionSubject(input.submissionId), () => decideReview(staff, input), {
        event: input.decision.kind,
      }),
  },
  undoReview: {
    schema: review.undoReview,
    run: (staff, input) =>
      staff.about(submissionSubject(input.submissionId), async () => ({
        state: await undoReview(staff.call, input),
      })),
  },
  returnPhoto: {
    schema: review.returnPhoto,
    run: (staff, input) =>
      staff.about(
        submissionByNumber(input.batchId, input.studentNumber),
        async (submission) => ({ state: await returnPhoto(staff, submission, input) }),
        { event: 'return' },
      ),
  },
  stuckSubmissions: {
    schema: review.stuckSubmissions,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), () => stuckSubmissions(staff.call, input)),
  },
  overrideChecks: {
    schema: review.overrideChecks,
    run: (staff, input) =>
      staff.about(submissionSubject(input.submissionId), async () => ({
        overrides: await overrideChecks(staff.call, input),
      })),
  },
};

export const BINDING_ACTIONS: StaffActions<BindingContract> = {
  releaseBinding: {
    schema: binding.releaseBinding,
    run: (staff, input) =>
      staff.about(batchSubject(input.batchId), async (batch) =>
        releaseBinding(staff.call, batch, input, await digestKeyOfStaff()),
      ),
  },
};

export const STATION_MODE_ACTIONS: StaffActions<StationModeContract> = {
  stationResolve: {
    schema: station.stationResolve,
    run: (staff, input) =>
      staff.inScope(async (scope) => resolveAtStation(staff.call, scope, input, await codesOfStaff())),
  },
  stationSeat: {
    schema: station.stationSeat,
    run: (staff, input) =>
      staff.about(shownCodeSubject(staff.call, input.resolutionId), (resolution) =>
        takeSeat(staff.call, staff.scope, resolution, input),
      ),
  },
  stationSeats: {
    schema: station.stationSeats,
    run: (staff) => staff.inScope(async (scope) => ({ seats: await listSeats(staff.call, scope) })),
  },
  stationUpload: {
    schema: station.stationUpload,
    run: (staff, input) =>
      staff.about(seatSubject(input.seatId, staff.call.openid), (seat) =>
        uploadAtSeat(staff.call, seat, input),
      ),
  },
  stationConfirm: {
    schema: station.stationConfirm,
    run: (staff, input) =>
      staff.about(seatSubject(input.seatId, staff.call.openid), async (seat) =>
        confirmAtSeat(staff.call, seat, input, await codesOfStaff()),
      ),
  },
  stationLeave: {
    schema: station.stationLeave,
    run: (staff, input) =>
      staff.about(seatSubject(input.seatId, staff.call.openid), async (seat) => ({
        seats: await leaveSeat(staff.call, staff.scope, seat),
      })),
  },
};
