/**
 * One school in its season: a batch, two stations, four students and those who work there. They speak to the functions
 * as their phones do, and each call is written into the trace, which a failure shows.
 */
import { inSeconds, resetStage, stage } from './stage';
import {
  type ActionOf,
  type DataOf,
  fireTimer,
  type FunctionName,
  type RequestOf,
  sendRequest,
  type SentRequest,
  type TimerName,
} from './calls';
import {
  requireDeedInAudit,
  requireGoodAnswer,
  requireGoodRun,
  requireSameAgain,
} from './invariants/answers';
import { Complaint } from './invariants/complaint';
import { type Fault, filesStored } from './platform-requests';
import { randomUUID } from 'node:crypto';
import { aCode, captureCodesForTests } from '../support/code-builder';
import { batchFields } from '../support/operator-batch-builder';
import { shown } from '../support/seat-builder';
import { storedMember, storedSchool, storedStation } from '../support/staff-builder';
import { submissionIdFor } from '../../cloudfunctions/capture-code/binding/bind-code';
import { enrolmentKeyOf } from '../../cloudfunctions/capture-code/keyed-digest';
import { collection, command } from '../../cloudfunctions/platform/database';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import {
  type BatchId,
  type RosterPlanId,
  type SeatId,
  type StationId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';
import { DEFAULT_RETENTION, type RetentionRules } from '../../miniprogram/shared/retention/retention-rules';

export const SCHOOL = '99999';
export const STATIONS = ['阜阳站', '宿州站'] as const;
export const STUDENTS = [0, 1, 2, 3] as const;
export const DAY = 24 * 3600;

/** How the batch is set. */
export interface Season {
  readonly attemptLimit: number | null;
  readonly retention: Partial<RetentionRules>;
}

/** How a call goes. `again`: its answer is lost, and the phone sends the request once more. */
export interface Going {
  readonly fault: Fault | null;
  readonly again: boolean;
}
export const SMOOTHLY: Going = { fault: null, again: false };

/** A decision that its reviewer may undo: the submission before and after it. */
export interface Decided {
  readonly before: SubmissionDocument | null;
  readonly after: SubmissionDocument | null;
  readonly submissionId: SubmissionId;
}

/** What people keep in mind from one action to the next. */
interface Memory {
  readonly seats: Map<number, SeatId>;
  /** By reviewer. */
  readonly decided: Map<string, Decided>;
  plan: { readonly planId: RosterPlanId; readonly digest: string } | null;
  invitation: { readonly code: string } | null;
  /** A request that was never answered. */
  unanswered: SentRequest | null;
}

let walks = 0;

export class World {
  readonly trace: string[] = [];
  readonly memory: Memory = {
    ...{ seats: new Map(), decided: new Map(), plan: null, invitation: null, unanswered: null },
  };
  // A new person each walk: what people read is counted in the instance's memory, which lives on.
  private readonly walk = (walks += 1);
  readonly operator = this.someone('operator');
  readonly school = this.someone('school');
  readonly reviewer = this.someone('reviewer');
  readonly teacher = this.someone('teacher');
  /** Invited by the school. */
  readonly newcomer = this.someone('newcomer');
  readonly accounts = STUDENTS.map((student) => this.someone(`student${student}`));
  readonly numbers = STUDENTS.map((student) => `20219${String(student).padStart(6, '0')}`);
  private readonly codes = this.numbers.map((studentNumber) => aCode({ studentNumber, year: '2021' }));
  private readonly digestKey = captureCodesForTests().digestKey;
  readonly stations: StationId[] = [];
  batchId = '' as BatchId;

  /** An empty cloud, and in it the batch, which is open for twenty days. */
  static async open({ attemptLimit, retention }: Season): Promise<World> {
    for (const { name } of DATABASE_SCHEMA) await collection(name).removeWhere({ _id: command().neq('') });
    filesStored.clear();
    resetStage();
    const world = new World();
    await storedSchool(SCHOOL);
    for (const station of STATIONS) world.stations.push(await storedStation(SCHOOL, station));
    const { stations: stationIds } = world;
    await storedMember({ role: 'operator' }, world.operator);
    for (const person of [world.school, world.reviewer])
      await storedMember({ role: 'school', schoolCode: SCHOOL }, person);
    await storedMember({ role: 'station', schoolCode: SCHOOL, stationIds }, world.teacher);
    const batch = await world.ask(
      world.operator,
      'operator',
      'createBatch',
      batchFields({
        ...{ opensAt: inSeconds(-DAY), closesAt: inSeconds(20 * DAY), confirmOnTheSpot: true },
        ...{ attemptLimit, retention: { ...DEFAULT_RETENTION, ...retention } },
      }),
    );
    if (batch === null) throw new Error('no batch');
    world.batchId = batch.id;
    return world;
  }

  private someone(who: string): string {
    return `${who}-of-walk-${this.walk}`;
  }

  /** What this student shows: the code, and the tail of the ID number. */
  shown(student: number) {
    return shown(this.codes[student]!);
  }

  enrolmentKey(student: number): string {
    return enrolmentKeyOf({ schoolCode: SCHOOL, studentNumber: this.numbers[student]! }, this.digestKey);
  }

  submissionId(student: number): SubmissionId {
    return submissionIdFor(this.enrolmentKey(student), this.batchId);
  }

  submission(student: number): Promise<SubmissionDocument | null> {
    return collection<SubmissionDocument>('submissions').get(this.submissionId(student));
  }

  /** @returns the answer's data; null: refused, or the call died */
  async ask<Name extends FunctionName, Action extends ActionOf<Name>>(
    openid: string,
    name: Name,
    action: Action,
    payload: RequestOf<Name, Action>,
    going: Going = SMOOTHLY,
  ): Promise<DataOf<Name, Action> | null> {
    const request = { openid, name, action, payload, requestKey: randomUUID() };
    return (await this.send(request, going)) as DataOf<Name, Action> | null;
  }

  /** As `ask`, of a page that only shows something: nothing for the trace. */
  async read<Name extends FunctionName, Action extends ActionOf<Name>>(
    ...[openid, name, action, payload]: Parameters<typeof this.ask<Name, Action>>
  ): Promise<DataOf<Name, Action>> {
    const request = { openid, name, action, payload, requestKey: randomUUID() };
    const { answer } = await sendRequest(request, null);
    if (!answer?.ok) throw new Complaint('a page opens', [name, action, answer]);
    requireGoodAnswer(request, answer, false);
    return answer.data as DataOf<Name, Action>;
  }

  /** A request that may have been sent before. */
  async send(request: SentRequest, { fault, again }: Going): Promise<unknown> {
    const { answer, harmed, requests } = await sendRequest(request, fault);
    const ending = answer === null ? 'died' : answer.ok ? 'ok' : answer.code;
    this.note(`${said(request)}${befell(fault)} → ${ending} (${requests})`);
    if (harmed && !answer?.ok) this.memory.unanswered = request;
    if (answer === null) return null;
    requireGoodAnswer(request, answer, harmed);
    await requireDeedInAudit(request, answer);
    if (!answer.ok) return null;
    if (again) await requireSameAgain(request, () => sendRequest(request, null));
    return answer.data;
  }

  async timer(name: TimerName, fault: Fault | null = null): Promise<void> {
    const run = await fireTimer(name, fault);
    this.note(`timer ${name}${befell(fault)} → ${saidShort(run.answer)} (${run.requests})`);
    requireGoodRun(name, run);
  }

  note(line: string): void {
    this.trace.push(`${new Date(stage.now).toISOString()} ${line}`);
  }
}

const LONGEST = 120;
const saidShort = (thing: unknown) => JSON.stringify(thing).slice(0, LONGEST);
const befell = (fault: Fault | null) => (fault ? ` [${fault.kind} at ${fault.at}]` : '');

function said({ openid, name, action, payload }: SentRequest): string {
  return `${openid.split('-')[0]} ${name}.${action} ${saidShort(payload)}`;
}
