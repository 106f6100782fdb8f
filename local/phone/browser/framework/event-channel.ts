/** The channel between a page and the page that it opened (`wx.navigateTo({events})`). */

type Listener = (...values: unknown[]) => void;

export class EventChannel {
  private readonly listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>();

  on(name: string, listener: Listener): void {
    this.add(name, listener, false);
  }

  once(name: string, listener: Listener): void {
    this.add(name, listener, true);
  }

  off(name: string, listener?: Listener): void {
    const kept = this.listeners
      .get(name)
      ?.filter((entry) => listener !== undefined && entry.listener !== listener);
    this.listeners.set(name, kept ?? []);
  }

  emit(name: string, ...values: unknown[]): void {
    const entries = this.listeners.get(name) ?? [];
    this.listeners.set(
      name,
      entries.filter((entry) => !entry.once),
    );
    for (const { listener } of entries) listener(...values);
  }

  private add(name: string, listener: Listener, once: boolean): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), { listener, once }]);
  }
}
