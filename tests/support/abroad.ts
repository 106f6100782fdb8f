/** A phone that is taken abroad. */

/** Minutes from its winter time to UTC, as `Date` counts them. */
const NEW_YORK_OFFSET_MINUTES = 300;

/** Until mocks are restored, the phone shows the time of New York. */
export function takePhoneToNewYork(): void {
  jest.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(NEW_YORK_OFFSET_MINUTES);
}
