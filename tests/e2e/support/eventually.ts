/** Waits until something asked again and again has the expected value; says the last one when it never does. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

export async function eventually<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (Object.is(value, expected) || Date.now() > deadline) {
      expect(value).toBe(expected);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
