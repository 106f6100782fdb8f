/** A name that nothing else bears, e.g. of a file: the moment and a random part. Not a secret. */
export function uniqueName(): string {
  const random = () => Math.random().toString(36).slice(2, 10).padEnd(8, '0');
  return `${Date.now().toString(36)}-${random()}${random()}`;
}
