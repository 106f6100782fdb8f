/** What bench/latest.json holds of a run: the reference step as a number, and beside each time its ratio to it. */
import { againstReference } from '../../../scripts/bench/against-reference';
import { SECTIONS } from '../../../scripts/bench/sections';

const RUN = { name: 'speed', measured: 'Measured today.', referenceMilliseconds: 217.3 };

test('each time stands with its ratio to the reference step; everything else stays', () => {
  const measured = againstReference(
    {
      title: 'Speed',
      markdown: '| ms |',
      figures: { warm: 620 },
      times: [
        { what: 'warm', milliseconds: 620 },
        { what: 'live hint', milliseconds: 0.17 },
      ],
    },
    RUN,
  );
  expect(measured).toEqual({
    ...RUN,
    title: 'Speed',
    markdown: '| ms |',
    figures: { warm: 620 },
    times: [
      { what: 'warm', milliseconds: 620, ratio: 2.853 },
      { what: 'live hint', milliseconds: 0.17, ratio: 0.0007823 },
    ],
  });
});

test('the live hint’s times are among them', async () => {
  const benchmark = await SECTIONS['live-hint'].run();
  const { times } = againstReference(benchmark, RUN);
  expect(times.map(({ what }) => what)).toEqual(['median', '99 %']);
  for (const { milliseconds, ratio } of times) expect(ratio).toBeCloseTo(milliseconds / 217.3, 5);
});
