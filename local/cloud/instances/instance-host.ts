/**
 * Runs inside the child process of a function instance: loads the deployed index.js once and serves one call at a
 * time. Started by plain node, so it imports nothing but types. Refuses to outlive the cloud.
 */
import type { CallMessage, InstanceMessage } from './call';

interface DeployedFunction {
  main(event: unknown, context: unknown): unknown;
}

const [, , entry] = process.argv;
const send = (message: InstanceMessage) => process.send?.(message);

process.on('disconnect', () => process.exit(0));

// A function that cannot be loaded ends the process with its own error on stderr, as it should.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- deployed functions are CommonJS by their path
const deployed = require(entry ?? '') as DeployedFunction;

process.on('message', (message: CallMessage) => {
  for (const [name, value] of Object.entries(message.environment)) {
    if (value === null) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  void serve(message);
});

async function serve({ call, eventJson, context }: CallMessage): Promise<void> {
  try {
    const result: unknown = await deployed.main(JSON.parse(eventJson), context);
    send({ kind: 'result', call, resultJson: JSON.stringify(result ?? null) });
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ kind: 'failure', call, message });
  }
}

send({ kind: 'ready' });
