/** The cloud functions `operator`, `exporter` and `housekeeping`: one typed method for each action. Complete by type. */
import { FunctionClient, action, keyedAction } from '../../services/call-function';
import { ExporterContract } from '../../shared/contract/exporter';
import { HousekeepingContract } from '../../shared/contract/housekeeping';
import { OperatorContract } from '../../shared/contract/operator';

const staff = <Name extends keyof OperatorContract>(name: Name) =>
  action<OperatorContract[Name]>('operator', name);
const staffKeyed = <Name extends keyof OperatorContract>(name: Name) =>
  keyedAction<OperatorContract[Name]>('operator', name);
const packages = <Name extends keyof ExporterContract>(name: Name) =>
  action<ExporterContract[Name]>('exporter', name);
const packagesKeyed = <Name extends keyof ExporterContract>(name: Name) =>
  keyedAction<ExporterContract[Name]>('exporter', name);
const upkeep = <Name extends keyof HousekeepingContract>(name: Name) =>
  action<HousekeepingContract[Name]>('housekeeping', name);
const upkeepKeyed = <Name extends keyof HousekeepingContract>(name: Name) =>
  keyedAction<HousekeepingContract[Name]>('housekeeping', name);

export const operatorService = {
  me: staff('me'),
  createInvitation: staffKeyed('createInvitation'),
  invitations: staff('invitations'),
  revokeInvitation: staffKeyed('revokeInvitation'),
  acceptInvitation: staffKeyed('acceptInvitation'),
  leave: staffKeyed('leave'),
  members: staff('members'),
  removeMember: staffKeyed('removeMember'),
  audit: staff('audit'),
  studentAudit: staff('studentAudit'),
  saveSchool: staffKeyed('saveSchool'),
  stations: staff('stations'),
  saveStation: staffKeyed('saveStation'),
  batches: staff('batches'),
  batch: staff('batch'),
  createBatch: staffKeyed('createBatch'),
  updateBatch: staffKeyed('updateBatch'),
  changeDeadline: staffKeyed('changeDeadline'),
  prepareRosterUpload: staff('prepareRosterUpload'),
  checkRoster: staff('checkRoster'),
  rosterPlan: staff('rosterPlan'),
  rosterFindings: staff('rosterFindings'),
  rosterDifferences: staff('rosterDifferences'),
  applyRoster: staff('applyRoster'),
  progress: staff('progress'),
  missing: staff('missing'),
  sendReminders: staffKeyed('sendReminders'),
  studentStanding: staff('studentStanding'),
  reviewQueue: staff('reviewQueue'),
  takeReview: staff('takeReview'),
  releaseReview: staff('releaseReview'),
  decideReview: staffKeyed('decideReview'),
  undoReview: staffKeyed('undoReview'),
  returnPhoto: staffKeyed('returnPhoto'),
  stuckSubmissions: staff('stuckSubmissions'),
  overrideChecks: staffKeyed('overrideChecks'),
  releaseBinding: staffKeyed('releaseBinding'),
  stationResolve: staffKeyed('stationResolve'),
  stationSeat: staffKeyed('stationSeat'),
  stationSeats: staff('stationSeats'),
  stationUpload: staff('stationUpload'),
  stationConfirm: staffKeyed('stationConfirm'),
  stationLeave: staffKeyed('stationLeave'),
} satisfies FunctionClient<OperatorContract>;

export const exporterService = {
  check: packages('check'),
  start: packagesKeyed('start'),
  proceed: packages('proceed'),
  job: packages('job'),
  jobs: packages('jobs'),
  links: packages('links'),
  cancel: packagesKeyed('cancel'),
  markDelivered: packagesKeyed('markDelivered'),
  spreadsheet: packages('spreadsheet'),
  rosterTemplate: packages('rosterTemplate'),
} satisfies FunctionClient<ExporterContract>;

export const housekeepingService = {
  report: upkeep('report'),
  run: upkeepKeyed('run'),
} satisfies FunctionClient<HousekeepingContract>;
