/** What nobody holds any more is gone after it, however young or old. */
import { collectGarbage } from '../../cloudfunctions/photo-engine/collect-garbage';

it('frees what nobody holds, and nothing else', async () => {
  const kept = { bytes: new Uint8Array(1000) };
  const dropped = new WeakRef({ bytes: new Uint8Array(1000) });
  const held = new WeakRef(kept);
  // A weak reference holds its object until the job that made it ends.
  await new Promise((resolve) => setImmediate(resolve));
  expect(dropped.deref()).toBeDefined();
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(dropped.deref()).toBeUndefined();
  expect(held.deref()).toBe(kept);
});
