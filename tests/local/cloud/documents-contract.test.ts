import { startTestCloud, type TestCloud } from './support/laboratory';

let lab: TestCloud;
beforeAll(async () => {
  lab = await startTestCloud();
});
afterAll(() => lab.dispose());

test('smoke', async () => {
  const out = await lab.run(async ({ db, _, cloud }) => {
    await db.createCollection('things');
    const c = db.collection('things');
    const added = await c.add({ data: { _id: 'a', n: 1, at: new Date(0), tags: ['x'] } });
    await c.doc('a').update({ data: { n: _.inc(2), tags: _.push(['y']), now: db.serverDate() } });
    const got = await c.where({ n: _.gte(3) }).get();
    return { added, got, ctx: cloud.getWXContext(), date: got.data[0].at instanceof Date };
  });
  console.log(JSON.stringify(out, null, 1));
});
