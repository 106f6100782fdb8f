/**
 * Options that npm kept for itself. PowerShell starts npm through npm.ps1, which loses the `--` of `npm run operator --`
 * (npm 10): npm then takes every `--name` as a setting of its own and hands it on as an environment variable. Without
 * them a command would do something else than was typed, e.g. remind a whole batch instead of one station.
 */

/** @returns those of the names that npm was given and the arguments do not have */
export function swallowedOptions(
  names: readonly string[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const isTyped = (name: string) =>
    args.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  // npm leaves a switch that is off as an empty text.
  const isWithNpm = (name: string) => Boolean(environment[`npm_config_${name.replaceAll('-', '_')}`]);
  return names.filter((name) => isWithNpm(name) && !isTyped(name));
}
