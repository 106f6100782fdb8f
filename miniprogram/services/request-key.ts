/**
 * Keys by which the cloud recognises a request that is sent again. One key belongs to one intention of the person:
 * every retry of it carries the same key, the next tap a new one. Not a secret: the cloud ties it to the caller.
 */

/** 8–64 characters of A–Z a–z 0–9 _ -, as the cloud accepts them. */
export function newRequestKey(): string {
  const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, '0');
  return `${Date.now().toString(36)}-${random()}${random()}`;
}

/** The key of what a person sends again by hand after a lost answer: the same content keeps it until it has arrived. */
export class KeptRequestKey {
  private kept: { readonly content: string; readonly key: string } | null = null;

  of(request: object): string {
    const content = JSON.stringify(request);
    if (this.kept?.content !== content) this.kept = { content, key: newRequestKey() };
    return this.kept.key;
  }

  /** What is sent from now on is another intention, also with the same content. */
  forget(): void {
    this.kept = null;
  }
}
