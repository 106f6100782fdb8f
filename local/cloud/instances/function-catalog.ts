/**
 * The deployed functions: folders of dist/cloudfunctions with `index.js` and `config.json`. Refuses names and
 * settings that the platform would refuse too.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { PlatformError } from '../platform-error';
import { type CronSchedule, parseCron } from '../timers/cron';

export interface Trigger {
  readonly name: string;
  readonly schedule: CronSchedule;
}

export interface DeployedFunction {
  readonly name: string;
  readonly entry: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memorySize: number;
  readonly triggers: readonly Trigger[];
}

/** The platform's defaults where config.json says nothing; the stricter figure where its documents differ. */
const configSchema = v.object({
  timeout: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 3),
  memorySize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(3072)), 256),
  triggers: v.optional(
    v.pipe(
      v.array(
        v.object({ name: v.pipe(v.string(), v.nonEmpty()), type: v.literal('timer'), config: v.string() }),
      ),
      v.maxLength(1), // one timer per function on the platform
    ),
    [],
  ),
});

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

export class FunctionCatalog {
  private readonly folder: string;
  private readonly known = new Map<string, DeployedFunction>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Every function in the folder. */
  all(): readonly DeployedFunction[] {
    if (!existsSync(this.folder)) return [];
    const names = readdirSync(this.folder).filter((name) => existsSync(join(this.folder, name, 'index.js')));
    return names.filter((name) => NAME.test(name)).map((name) => this.find(name));
  }

  /** @throws PlatformError FUNCTION_NOT_FOUND, or Error when its config.json is wrong */
  find(name: unknown): DeployedFunction {
    const known = typeof name === 'string' ? this.known.get(name) : undefined;
    if (known !== undefined) return known;
    if (typeof name !== 'string' || !NAME.test(name) || !existsSync(join(this.folder, name, 'index.js'))) {
      throw new PlatformError(
        'FUNCTION_NOT_FOUND',
        'FunctionName parameter could not be found. FUNCTION_NOT_FOUND',
      );
    }
    const found = readFunction(join(this.folder, name), name);
    this.known.set(name, found);
    return found;
  }
}

function readFunction(folder: string, name: string): DeployedFunction {
  const path = join(folder, 'config.json');
  const parsed = v.safeParse(configSchema, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
  if (!parsed.success)
    throw new Error(`${path}: ${v.getDotPath(parsed.issues[0]) ?? ''} ${parsed.issues[0].message}`);
  const { timeout, memorySize, triggers } = parsed.output;
  return {
    name,
    entry: join(folder, 'index.js'),
    timeout,
    memorySize,
    triggers: triggers.map((trigger) => ({ name: trigger.name, schedule: parseCron(trigger.config) })),
  };
}
