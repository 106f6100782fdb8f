import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFirstCodes } from '../../cloudfunctions/capture-code/read-code-picture';
import { isDomainError } from '../../miniprogram/shared/errors';

/**
 * Damaged, cut and changed files: an outcome or a coded refusal, never another error, and never a wait without
 * end (jest's own limit stands for that; speed is not asserted).
 */
const FOLDER = join(__dirname, '../fixtures/code-pictures');
const FILES = readdirSync(FOLDER)
  .filter((name) => !/\.(json|md)$/.test(name))
  .map((name) => readFileSync(join(FOLDER, name)))
  // Small ones: what a change does to a header does not depend on how many pixels follow.
  .filter((file) => file.length < 12_000);

async function expectOutcome(bytes: Uint8Array): Promise<void> {
  try {
    for (const { payload } of await readFirstCodes(bytes)) expect(payload.length).toBeGreaterThanOrEqual(0);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    expect(error.code).toMatch(/^IMAGE_/);
  }
}

test('changed bytes', async () => {
  const change = fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES),
      fc.array(change, { minLength: 1, maxLength: 12 }),
      async (file, changes) => {
        const mutated = Uint8Array.from(file);
        for (const { place, value } of changes) mutated[Math.floor(place * (mutated.length - 1))] = value;
        await expectOutcome(mutated);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('changed headers', async () => {
  const change = fc.record({ at: fc.nat(64), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (file, changes) => {
        const mutated = Uint8Array.from(file);
        for (const { at, value } of changes) mutated[at] = value;
        await expectOutcome(mutated);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('files cut off anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (file, share) => {
        await expectOutcome(file.subarray(0, Math.floor(file.length * share)));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('a damaged picture leaves the reader fit for the next', async () => {
  const good = readFileSync(join(FOLDER, 'cs-utf8.png'));
  for (const file of FILES) {
    await expectOutcome(file.subarray(0, file.length >> 1));
    expect(await readFirstCodes(good)).toHaveLength(1);
  }
});
