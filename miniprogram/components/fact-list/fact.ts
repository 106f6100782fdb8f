/** One line of a fact list. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}
