/**
 * Who may see and do what, as one table: use case × role → reach. The functions enforce it in one place
 * (`cloudfunctions/operator-access/`), the pages hide what it forbids, the tests walk through every field of it.
 * Its rows are the use cases; where they are not the actions of the contracts, its test does not compile. Refuses to know
 * how a caller's role was found.
 */
import { Role } from './membership';

/**
 * How far a role reaches in one use case: `all` schools; the own school with all its stations; the own stations, and
 * of the school only what concerns every station (its name, its batches); `own`: what belongs to this very person;
 * `none`.
 */
export type Reach = 'all' | 'own-school' | 'own-station' | 'own' | 'none';

export type ReachByRole = Readonly<Record<Role, Reach>>;

/** What a person does with the own things; a membership adds nothing to it and takes nothing away. */
const OWN: ReachByRole = { operator: 'own', school: 'own', station: 'own', student: 'own' };
const OPERATOR_ONLY: ReachByRole = { operator: 'all', school: 'none', station: 'none', student: 'none' };
const SCHOOL: ReachByRole = { operator: 'all', school: 'own-school', station: 'none', student: 'none' };
const STATION: ReachByRole = {
  operator: 'all',
  school: 'own-school',
  station: 'own-station',
  student: 'none',
};

export const STUDENT_ROLE_TABLE = {
  'student.overview': OWN,
  'student.consent': OWN,
  'student.withdrawConsent': OWN,
  'student.prepareUpload': OWN,
  'student.resolveCode': OWN,
  'student.bind': OWN,
  'student.submission': OWN,
  'student.confirm': OWN,
  'student.withdraw': OWN,
  'student.restart': OWN,
  'student.allowReminder': OWN,
  'student.downloadLink': OWN,
  'student.storedData': OWN,
  'student.deleteSubmission': OWN,
  'photo.submit': OWN,
  'photo.warm': OWN,
} satisfies Readonly<Record<string, ReachByRole>>;

export const STAFF_ROLE_TABLE = {
  // who is who
  'operator.me': OWN,
  'operator.acceptInvitation': OWN,
  'operator.leave': OWN,
  'operator.createInvitation': SCHOOL,
  'operator.invitations': SCHOOL,
  'operator.revokeInvitation': SCHOOL,
  'operator.members': SCHOOL,
  'operator.removeMember': SCHOOL,
  'operator.audit': SCHOOL,
  'operator.studentAudit': SCHOOL,
  'operator.saveSchool': OPERATOR_ONLY,
  'operator.stations': STATION,
  'operator.saveStation': SCHOOL,
  // batches: made by the operator; the deadline is the school's to move
  'operator.batches': STATION,
  'operator.batch': STATION,
  'operator.createBatch': OPERATOR_ONLY,
  'operator.updateBatch': OPERATOR_ONLY,
  'operator.changeDeadline': SCHOOL,
  // roster: the school's list
  'operator.prepareRosterUpload': SCHOOL,
  'operator.checkRoster': SCHOOL,
  'operator.rosterPlan': SCHOOL,
  'operator.rosterFindings': SCHOOL,
  'operator.rosterDifferences': SCHOOL,
  'operator.applyRoster': SCHOOL,
  // progress: everybody for the own students
  'operator.progress': STATION,
  'operator.missing': STATION,
  'operator.sendReminders': STATION,
  'operator.studentStanding': STATION,
  // review: not by the teachers who take the photos
  'operator.reviewQueue': SCHOOL,
  'operator.takeReview': SCHOOL,
  'operator.releaseReview': SCHOOL,
  'operator.decideReview': SCHOOL,
  'operator.undoReview': SCHOOL,
  'operator.returnPhoto': SCHOOL,
  'operator.stuckSubmissions': SCHOOL,
  'operator.overrideChecks': SCHOOL,
  // bindings: who proved to be the student gets the code free
  'operator.releaseBinding': SCHOOL,
  // station mode
  'operator.stationResolve': STATION,
  'operator.stationSeat': STATION,
  'operator.stationSeats': STATION,
  'operator.stationUpload': STATION,
  'operator.stationConfirm': STATION,
  'operator.stationLeave': STATION,
  // packages
  'exporter.check': SCHOOL,
  'exporter.start': SCHOOL,
  'exporter.proceed': SCHOOL,
  'exporter.job': SCHOOL,
  'exporter.jobs': SCHOOL,
  'exporter.links': SCHOOL,
  'exporter.cancel': SCHOOL,
  'exporter.markDelivered': SCHOOL,
  'exporter.spreadsheet': SCHOOL,
  'exporter.rosterTemplate': SCHOOL,
  // keeping and deleting
  'housekeeping.report': OPERATOR_ONLY,
  'housekeeping.run': OPERATOR_ONLY,
} satisfies Readonly<Record<string, ReachByRole>>;

export type StudentUseCase = keyof typeof STUDENT_ROLE_TABLE;
export type StaffUseCase = keyof typeof STAFF_ROLE_TABLE;
export type UseCase = StudentUseCase | StaffUseCase;

export const ROLE_TABLE: Readonly<Record<UseCase, ReachByRole>> = {
  ...STUDENT_ROLE_TABLE,
  ...STAFF_ROLE_TABLE,
};

/** What this role may do at all, for showing and hiding entries. The functions decide again. */
export function useCasesOf(role: Role): StaffUseCase[] {
  return (Object.keys(STAFF_ROLE_TABLE) as StaffUseCase[]).filter(
    (useCase) => STAFF_ROLE_TABLE[useCase][role] !== 'none',
  );
}
