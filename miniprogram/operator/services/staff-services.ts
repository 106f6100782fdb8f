/** The cloud functions `operator`, `exporter` and `housekeeping`: one typed method for each action. Complete by type. */
import { FunctionClient, action } from '../../services/call-function';
import { ExporterContract } from '../../shared/contract/exporter';
import { HousekeepingContract } from '../../shared/contract/housekeeping';
import { OperatorContract } from '../../shared/contract/operator';

const staff = <Name extends keyof OperatorContract>(name: Name) =>
  action<OperatorContract[Name]>('operator', name);
const packages = <Name extends keyof ExporterContract>(name: Name) =>
  action<ExporterContract[Name]>('exporter', name);
const upkeep = <Name extends keyof HousekeepingContract>(name: Name) =>
  action<HousekeepingContract[Name]>('housekeeping', name);

export const operatorService: FunctionClient<OperatorContract> = {
  me: staff('me'),
  createInvitation: staff('createInvitation'),
  invitations: staff('invitations'),
  revokeInvitation: staff('revokeInvitation'),
  acceptInvitation: staff('acceptInvitation'),
  leave: staff('leave'),
  members: staff('members'),
  removeMember: staff('removeMember'),
  audit: staff('audit'),
  studentAudit: staff('studentAudit'),
  saveSchool: staff('saveSchool'),
  stations: staff('stations'),
  saveStation: staff('saveStation'),
  batches: staff('batches'),
  batch: staff('batch'),
  createBatch: staff('createBatch'),
  updateBatch: staff('updateBatch'),
  changeDeadline: staff('changeDeadline'),
  prepareRosterUpload: staff('prepareRosterUpload'),
  checkRoster: staff('checkRoster'),
  rosterPlan: staff('rosterPlan'),
  rosterFindings: staff('rosterFindings'),
  rosterDifferences: staff('rosterDifferences'),
  applyRoster: staff('applyRoster'),
  progress: staff('progress'),
  missing: staff('missing'),
  sendReminders: staff('sendReminders'),
  reviewQueue: staff('reviewQueue'),
  takeReview: staff('takeReview'),
  releaseReview: staff('releaseReview'),
  decideReview: staff('decideReview'),
  undoReview: staff('undoReview'),
  returnPhoto: staff('returnPhoto'),
  stuckSubmissions: staff('stuckSubmissions'),
  overrideChecks: staff('overrideChecks'),
  stationResolve: staff('stationResolve'),
  stationSeat: staff('stationSeat'),
  stationSeats: staff('stationSeats'),
  stationUpload: staff('stationUpload'),
  stationConfirm: staff('stationConfirm'),
  stationLeave: staff('stationLeave'),
};

export const exporterService: FunctionClient<ExporterContract> = {
  check: packages('check'),
  start: packages('start'),
  proceed: packages('proceed'),
  job: packages('job'),
  jobs: packages('jobs'),
  links: packages('links'),
  cancel: packages('cancel'),
  markDelivered: packages('markDelivered'),
  spreadsheet: packages('spreadsheet'),
  rosterTemplate: packages('rosterTemplate'),
};

export const housekeepingService: FunctionClient<HousekeepingContract> = {
  report: upkeep('report'),
  run: upkeep('run'),
};
