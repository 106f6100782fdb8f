/**
 * What a person is told in one place: what happened, and what to do next. Nothing here blames anybody, and nothing
 * ends without a next step; the tests of `copy/` hold every sentence to that.
 */

export interface Words {
  readonly title: string;
  /** The next step, as something the reader can do. */
  readonly next: string;
}
