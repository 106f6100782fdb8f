/**
 * What the mini program did to the phone that no picture shows: vibrated, called, copied. The phone frame
 * lists it and tests read it. Holds the last entries only.
 */

export interface CallLogEntry {
  readonly name: string;
  readonly detail: string;
  readonly at: number;
}

const KEPT = 200;

export class CallLog {
  private entries: CallLogEntry[] = [];
  private readonly listeners: (() => void)[] = [];

  add(name: string, detail = ''): void {
    this.entries = [...this.entries.slice(1 - KEPT), { name, detail, at: Date.now() }];
    for (const listener of this.listeners) listener();
  }

  get all(): readonly CallLogEntry[] {
    return this.entries;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}
