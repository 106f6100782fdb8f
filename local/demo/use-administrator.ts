/**
 * Lets this process write to the embedded cloud through the functions' own database layer, as an administrator.
 * The SDK reads its address from the environment once, so one process administers one cloud.
 */
export function useAdministrator(cloud: {
  administratorEnvironment(): Readonly<Record<string, string>>;
}): void {
  Object.assign(process.env, cloud.administratorEnvironment());
}
