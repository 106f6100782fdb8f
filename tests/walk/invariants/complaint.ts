/** What is said of an invariant that does not hold. */
export class Complaint extends Error {
  constructor(invariant: string, about: unknown) {
    super(`${invariant}: ${JSON.stringify(about)}`);
    this.name = 'Complaint';
  }
}
