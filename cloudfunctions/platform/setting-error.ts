/** What a function says whose settings cannot be used: the name of the setting, which goes to the log. Never a value. */

/** A setting is missing or wrong: the deployment is at fault, not the caller. */
export class SettingError extends Error {
  constructor(readonly setting: string) {
    super(`the setting ${setting} is missing or wrong`);
    this.name = 'SettingError';
  }
}
