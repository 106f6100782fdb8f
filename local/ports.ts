/**
 * The ports that the environment chooses for `npm start`. Refuses what is no port before anything is started, and tells
 * by the variable's name when a port is taken.
 */
import { UsageError } from './cli/support/usage-error';

export type PortVariable = 'CLOUD_PORT' | 'PHONE_PORT';

const HIGHEST_PORT = 65_535;

/** 0, any free port, where the variable is not set. @throws UsageError for anything but a port */
export function portFrom(
  variable: PortVariable,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): number {
  const text = environment[variable] ?? '0';
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(port <= HIGHEST_PORT))
    throw new UsageError(`${variable}=${text} is no port: 0 (any free one) to ${HIGHEST_PORT}.`);
  return port;
}

/** What is being started on the variable's port. @throws UsageError when another program has the port */
export async function onPort<Result>(variable: PortVariable, starting: Promise<Result>): Promise<Result> {
  try {
    return await starting;
  } catch (error) {
    const { code, port } = error as { readonly code?: string; readonly port?: number };
    if (code !== 'EADDRINUSE') throw error;
    throw new UsageError(
      `Port ${port ?? ''} is taken by another program: set ${variable} to another one, or leave it out.`,
    );
  }
}
