import fc from 'fast-check';
import { inTurn } from '../../../cloudfunctions/photo-engine/inference/in-turn';

it('works one after the other, in order, past failures', async () => {
  const work = fc.record({ steps: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(work, { maxLength: 12 }), async (works) => {
      const enter = inTurn();
      const log: string[] = [];
      const results = works.map(({ steps, fails }, i) =>
        enter(async () => {
          log.push(`start ${i}`);
          for (let step = 0; step < steps; step++) await Promise.resolve();
          log.push(`end ${i}`);
          if (fails) throw new Error(String(i));
          return i;
        }),
      );
      const settled = await Promise.allSettled(results);
      expect(log).toEqual(works.flatMap((_, i) => [`start ${i}`, `end ${i}`]));
      expect(settled.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
    }),
  );
});
