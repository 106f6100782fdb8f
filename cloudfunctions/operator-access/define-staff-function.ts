/**
 * Turns use cases of the staff into a deployable function: each is looked up in the roles table by its own name before
 * it runs. Refuses actions that the table does not know.
 */
import type * as v from 'valibot';
import { type Admitted, authorise, type Staff } from './staff';
import {
  type ActionDefinition,
  type Actions,
  type CallContext,
  defineFunction,
  type FunctionMain,
} from '../platform/define-function';
import { type Clock } from '../platform/clock';
import { callOf } from '../requests/call';
import { type ActionContract } from '../../miniprogram/shared/contract/answer';
import { STAFF_ROLE_TABLE, type StaffUseCase } from '../../miniprogram/shared/roles/role-table';

export interface StaffAction<Contract extends ActionContract> {
  readonly schema: v.GenericSchema<unknown, Contract['request']>;
  run(staff: Staff, input: Contract['request']): Promise<Admitted<Contract['data']>>;
}

export type StaffActions<Contracts> = {
  readonly [Name in keyof Contracts]: Contracts[Name] extends ActionContract
    ? StaffAction<Contracts[Name]>
    : never;
};

export type StaffFunctionName = 'operator' | 'exporter' | 'housekeeping';

export interface StaffFunctionDefinition<Contracts> {
  readonly name: StaffFunctionName;
  readonly actions: StaffActions<Contracts>;
  readonly timers?: Readonly<Record<string, (context: CallContext) => Promise<unknown>>>;
  readonly clock?: Clock;
}

/** Type parameter: the function's contract, e.g. `defineStaffFunction<OperatorContract>({ … })`. */
export function defineStaffFunction<Contracts>(definition: StaffFunctionDefinition<Contracts>): FunctionMain {
  const { name, actions, timers, clock } = definition;
  const entries = Object.entries<StaffAction<ActionContract>>(actions);
  const guarded = entries.map(([action, staffAction]) => [action, guard(name, action, staffAction)] as const);
  return defineFunction<Contracts>({
    name,
    actions: Object.fromEntries(guarded) as unknown as Actions<Contracts>,
    ...(timers && { timers }),
    ...(clock && { clock }),
  });
}

function guard(
  functionName: StaffFunctionName,
  action: string,
  staffAction: StaffAction<ActionContract>,
): ActionDefinition<ActionContract> {
  const useCase = `${functionName}.${action}`;
  if (!isStaffUseCase(useCase)) throw new TypeError(`${useCase} is not in the roles table`);
  return {
    schema: staffAction.schema,
    handle: async (input, context) =>
      (await staffAction.run(await authorise(callOf(context), useCase), input)).data,
  };
}

function isStaffUseCase(name: string): name is StaffUseCase {
  return Object.hasOwn(STAFF_ROLE_TABLE, name);
}
