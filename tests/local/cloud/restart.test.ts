// What is kept over a restart, and who may open the folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCloud } from '../../../local/cloud/start-cloud';
import { startTestCloud, TEST_SCHEMA } from './support/laboratory';

test('documents, files, sessions and links are there after a restart, transactions in flight are not', async () => {
  const before = await startTestCloud({ schema: TEST_SCHEMA, port: 0 });
  const { fileID } = await before.cloud.client('me').uploadFile('kept/a.bin', new Uint8Array([1, 2, 3]));
  await before.run(async ({ db, _ }) => {
    await db.createCollection('fresh');
    await db.collection('fresh').add({ data: { _id: 'x', at: new Date(5), list: [1, { deep: null }] } });
    await db.collection('unique').add({ data: { _id: 'a', code: 1, n: 1 } });
    await db
      .collection('unique')
      .doc('a')
      .update({ data: { n: _.inc(1) } });
    await db.collection('things').add({ data: { _id: 'removed' } });
    await db.collection('things').doc('removed').remove();
    const open = await db.startTransaction();
    await open
      .collection('unique')
      .doc('a')
      .update({ data: { n: 99 } });
  });

  const after = await before.restart();
  try {
    const found = await after.run(async ({ db, failureOf }) => ({
      fresh: (await db.collection('fresh').doc('x').get()).data,
      unique: (await db.collection('unique').doc('a').get()).data,
      duplicate: (await failureOf(db.collection('unique').add({ data: { _id: 'b', code: 1 } }))).errMsg,
      things: (await db.collection('things').count()).total,
    }));
    expect(found).toMatchObject({
      fresh: { _id: 'x', at: '1970-01-01T00:00:00.005Z', list: [1, { deep: null }] },
      unique: { _id: 'a', code: 1, n: 2 },
      duplicate: expect.stringContaining('E11000') as string,
      things: 0,
    });
    await expect(after.cloud.client('me').downloadFile(fileID)).resolves.toEqual(new Uint8Array([1, 2, 3]));
    expect(after.cloud.stats().recovery).toMatchObject({ tornBytes: 0 });
  } finally {
    await after.dispose();
  }
});

test('a folder has one owner; a second cloud is told so and changes nothing', async () => {
  const lab = await startTestCloud();
  try {
    const second = startCloud({
      dataDir: join(lab.folder, 'data'),
      functionsDir: join(lab.folder, 'functions'),
    });
    await expect(second).rejects.toThrow('in use by another process');
    await expect(lab.run(({ cloud }) => cloud.getWXContext().OPENID)).resolves.toBe('tester');
  } finally {
    await lab.dispose();
  }
});

test('a cloud that could not start leaves its folder free', async () => {
  const lab = await startTestCloud({ schema: TEST_SCHEMA });
  await lab.run(async ({ db }) => {
    await db.collection('unique').add({ data: { _id: 'a', code: 1 } });
    await db.collection('unique').add({ data: { _id: 'b', code: 2 } });
  });
  await lab.cloud.close();
  const folder = join(lab.folder, 'data', 'journal');
  const path = join(folder, readdirSync(folder)[0]!);
  const whole = readFileSync(path);
  const damaged = Buffer.from(whole);
  damaged[30] = damaged[30]! ^ 1;
  writeFileSync(path, damaged);
  await expect(lab.restart()).rejects.toThrow('damaged');
  writeFileSync(path, whole);
  const again = await lab.restart();
  await again.dispose();
});

test('closing waits for running calls and lets nobody in afterwards', async () => {
  const lab = await startTestCloud();
  await lab.run(() => 1);
  const running = lab.run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return 'finished';
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const closed = lab.cloud.close();
  await expect(running).resolves.toBe('finished');
  await closed;
  await expect(lab.run(() => 1)).rejects.toMatchObject({ code: 'NETWORK' });
  await lab.cloud.close();
  await lab.dispose();
});
