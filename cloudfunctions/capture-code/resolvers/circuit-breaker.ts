/**
 * Stops asking a service that does not answer, so that a queue of students does not wait for one timeout each
 * and the service can recover: closed → (failures in a row) open → (a pause) half-open with one trial → closed or
 * open again. Own code, some forty lines with the clock from outside; lives in one function instance.
 * Refuses to know what failed: the caller says which errors count.
 */

export interface CircuitBreakerSettings {
  /** Failures in a row that open it, ≥ 1. */
  readonly failureThreshold: number;
  /** How long it stays open before one trial. */
  readonly openMilliseconds: number;
}

/** Thrown instead of the call while the breaker is open. */
export class CircuitOpen extends Error {
  constructor(readonly retryAfterMilliseconds: number) {
    super('the circuit is open');
    this.name = 'CircuitOpen';
  }
}

export type CircuitState = 'closed' | 'open' | 'half-open';

export class CircuitBreaker {
  #failures = 0;
  #openedAt: number | undefined;
  #trialRunning = false;

  constructor(
    private readonly settings: CircuitBreakerSettings,
    private readonly now: () => Date,
  ) {}

  get state(): CircuitState {
    if (this.#openedAt === undefined) return 'closed';
    return this.#remaining() > 0 ? 'open' : 'half-open';
  }

  /**
   * Runs the call, or refuses with CircuitOpen without running it.
   * @param isFailure whether an error means that the service is not there (its refusals are answers)
   */
  async run<Result>(call: () => Promise<Result>, isFailure: (error: unknown) => boolean): Promise<Result> {
    const trial = this.#openedAt !== undefined;
    if (trial && (this.#trialRunning || this.#remaining() > 0)) throw new CircuitOpen(this.#remaining());
    if (trial) this.#trialRunning = true;
    try {
      const result = await call();
      this.#succeeded();
      return result;
    } catch (error) {
      if (isFailure(error)) this.#failed(trial);
      else this.#succeeded();
      throw error;
    } finally {
      if (trial) this.#trialRunning = false;
    }
  }

  #remaining(): number {
    if (this.#openedAt === undefined) return 0;
    return Math.max(0, this.#openedAt + this.settings.openMilliseconds - this.now().getTime());
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#openedAt = undefined;
  }

  #failed(trial: boolean): void {
    this.#failures++;
    if (trial || this.#failures >= this.settings.failureThreshold) this.#openedAt = this.now().getTime();
  }
}
