/**
 * Tells when somebody has stopped typing. What is asked by itself waits for this: each asking may cost one of few
 * tries, and nobody who types on means what stands there so far.
 */
import { wait } from './wait';

// Own choice: longer than between two keys of a slow thumb, shorter than looking for the button.
const PAUSE_MS = 600;

export class TypingPause {
  private newest = 0;

  /** Resolves after the pause: with yes when nothing was typed meanwhile and nobody has ended the waiting. */
  async isOver(): Promise<boolean> {
    this.newest += 1;
    const mine = this.newest;
    await wait(PAUSE_MS);
    return mine === this.newest;
  }

  /** Whoever waits is answered with no. */
  end(): void {
    this.newest += 1;
  }
}
