/** Fires the timers of the deployed functions. Seconds that were missed (sleep, load) are caught up for a minute. */
import { type DeployedFunction, type FunctionCatalog, type Trigger } from '../instances/function-catalog';
import { type FunctionPools } from '../instances/function-pools';

const SECOND = 1000;
const CATCH_UP_MS = 60 * SECOND;

export interface Timers {
  /** Fires one trigger now; resolves with the function's answer. */
  fire(functionName: string, triggerName: string): Promise<unknown>;
  stop(): void;
}

/** @param byTheClock false: only `fire` fires them */
export function startTimers(
  catalog: FunctionCatalog,
  pools: FunctionPools,
  now: () => Date,
  byTheClock: boolean,
): Timers {
  const armed = catalog
    .all()
    .flatMap((deployed) => deployed.triggers.map((trigger) => ({ deployed, trigger })));

  const invoke = async (deployed: DeployedFunction, trigger: Trigger): Promise<unknown> => {
    // The shape of the platform's own event.
    const event = { Type: 'Timer', TriggerName: trigger.name, Time: now().toISOString(), Message: '' };
    const { resultJson } = await pools.call(deployed.name, event, {
      openid: null,
      appid: pools.appid,
      // `wx_trigger | 云函数定时触发器调用` (page of Cloud.getWXContext, read 2026-11).
      source: 'wx_trigger',
    });
    return JSON.parse(resultJson) as unknown;
  };

  let checked = Math.floor(now().getTime() / SECOND) * SECOND;
  const check = (): void => {
    const current = Math.floor(now().getTime() / SECOND) * SECOND;
    for (
      let second = Math.max(checked + SECOND, current - CATCH_UP_MS);
      second <= current;
      second += SECOND
    ) {
      for (const { deployed, trigger } of armed) {
        // The function's own log says what went wrong; a timer has nobody to answer to.
        if (trigger.schedule.matches(new Date(second))) void invoke(deployed, trigger).catch(() => undefined);
      }
    }
    checked = Math.max(checked, current);
  };
  const interval = byTheClock && armed.length > 0 ? setInterval(check, SECOND / 4).unref() : undefined;

  return {
    fire(functionName, triggerName) {
      const deployed = catalog.find(functionName);
      const trigger = deployed.triggers.find(({ name }) => name === triggerName);
      if (trigger === undefined) throw new RangeError(`${functionName} has no timer ${triggerName}`);
      return invoke(deployed, trigger);
    },
    stop() {
      clearInterval(interval);
    },
  };
}
