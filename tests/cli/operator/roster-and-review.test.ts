/** The commands of a batch's days: its list, its photos at the keyboard, a student at the station. */
let terminal: OperatorTerminal;
beforeAll(async () => {
  terminal = await openOperatorTerminal();
});
afterAll(() => terminal.close());
import fs, { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { collection } from '../../../cloudfunctions/platform/database';
import { deleteFiles } from '../../../cloudfunctions/platform/storage';
import { type PhotoDocument } from '../../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../../../local/demo/demonstration';
import { type ReviewItem } from '../../../miniprogram/shared/contract/operator/review';
import { withPhoto } from '../../support/accepted-builder';
import { storedBinding } from '../../support/binding-builder';
import { aCall, later } from '../../support/call-builder';
import { openOperatorTerminal, type OperatorTerminal } from '../../support/operator-terminal';
import { csvOf, someRows, workbookOf } from '../../support/roster-builder';

/** Longer than a photo has to be on the screen. */
const aLook = () => new Promise((resolve) => setTimeout(resolve, 600));
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('a list from the template to the progress', async () => {
  await terminal.aBatch('名单批次');
  await terminal.type('roster', 'template', terminal.file('样表.xlsx'));
  expect((await terminal.type('roster', 'template', terminal.file('样表.xlsx'))).error).toContain('没有覆盖');
  expect((await terminal.type('roster', 'template', terminal.file('样表.doc'))).error).toContain(
    '.xlsx 或 .csv',
  );
  const checked = await terminal.type('roster', 'check', '名单批次', terminal.file('样表.xlsx'));
  expect(checked.out).toContain('读到 1 行，都可以导入');
  await terminal.type('roster', 'template', terminal.file('样表.csv'));
  const same = await terminal.json<{ plan: object }>(
    'roster',
    'check',
    '名单批次',
    terminal.file('样表.csv'),
  );
  expect(same.plan).toMatchObject({ state: 'ready', file: { encoding: 'utf-8' }, rows: { good: 1 } });
  writeFileSync(terminal.file('list.csv'), csvOf([...someRows(3), ['?', '坏', '2021', '阜阳站', '1 班']]));
  const stopped = await terminal.type('roster', 'import', '名单批次', terminal.file('list.csv'), '--yes');
  expect(stopped.code).toBe(1);
  expect(stopped.out).toMatch(/5\s+要改\s+学号里有别的符号/);
  expect(
    (await terminal.type('roster', 'import', '名单批次', terminal.file('list.csv'), '--skip-bad')).out,
  ).toContain('还没有导入');
  const done = await terminal.type(
    'roster',
    'import',
    '名单批次',
    terminal.file('list.csv'),
    '--skip-bad',
    '--yes',
  );
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toContain('导入完成');
  const progress = await terminal.type('progress', '名单批次');
  expect(progress.out).toMatch(/全部学生\s+3\s+0\s+0\s+0\s+0\s+0\s+3/);
  const missing = await terminal.type('missing', '名单批次', '--station', '阜阳站');
  expect(missing.out.split('\n')).toHaveLength(4);
  expect((await terminal.type('reminder', '名单批次', '--station', '阜阳站')).out).toContain(
    '还有 2 人没有完成',
  );
});

test('a list that is only a part of the whole: who would be off it is said at the end, and all of them to programs', async () => {
  await terminal.aBatch('一半批次');
  const file = terminal.file('half.csv');
  writeFileSync(file, csvOf(someRows(80)));
  await terminal.type('roster', 'import', '一半批次', file, '--yes');
  writeFileSync(file, csvOf(someRows(20)));
  const checked = await terminal.type('roster', 'check', '一半批次', file);
  expect(checked.out).toContain('……共 60 人，这里列出前 50 人；加 --json 列出更多。');
  expect(checked.out).toMatch(
    /\n会有 60 人移出名单\n一个批次只有一份名单，新的会整个代替旧的。名单上现有 80 人.*\n\n什么都还没有改/,
  );
  const { differences } = await terminal.json<{ differences: object[] }>('roster', 'check', '一半批次', file);
  expect(differences).toHaveLength(60);
  expect((await terminal.type('roster', 'import', '--help')).out).toContain('新的会整个代替旧的');
});

test('a workbook: the sheet is named, and a column can be left out in the words of the page', async () => {
  await terminal.aBatch('工作簿批次');
  const file = terminal.file('工作簿.xlsx');
  writeFileSync(
    file,
    await workbookOf({
      说明: [['一张工作表一个站']],
      名单: [
        ['学号', '班级', '班级'],
        ['202399990001', '1', '2'],
      ],
    }),
  );
  const check = ['roster', 'check', '工作簿批次', file] as const;
  expect((await terminal.type(...check)).error).toContain('“班级”不止一列');
  const checked = await terminal.type(...check, '--map', '班级=不导入');
  expect(checked.out).toContain('Excel 表格 · 名单');
  expect(checked.out).toContain('工作表“说明”没有读');
  expect(checked.out).toContain('学号→学号，班级→不导入，班级→不导入');
  expect((await terminal.type(...check, '--map', '班级=宿舍')).error).toContain('不导入');
});

test('without a list no command says that nobody is missing', async () => {
  const batch = await terminal.aBatch('无名单批次');
  await withPhoto({ ...batch }, '1', 'confirmed');
  const said = async (...args: readonly string[]) => (await terminal.type(...args, '无名单批次')).out;
  expect(await said('progress')).toMatch(/没完成[\s\S]*没有名单，不知道还有谁没来。$/);
  expect(await said('missing')).toBe('绑定的都完成了。没有名单，不知道还有谁没来。');
  for (const text of [await said('reminder'), await said('reminder', '--each')]) {
    expect(text).toContain('还没有完成毕业照图像采集的同学，请尽快完成');
  }
  const line = (await terminal.type('batches')).out.split('\n').find((row) => row.includes('无名单批次'));
  expect(line).toMatch(/- +1 +0 +-$/);
});

test('a photo is reviewed: rejected, undone, accepted; sent back, undone', async () => {
  const batch = await terminal.aBatch('审核批次');
  await withPhoto({ ...batch }, '1', 'confirmed');
  const { item } = await terminal.json<{ item: ReviewItem }>(
    'review',
    'take',
    '审核批次',
    '--out',
    terminal.file('review'),
  );
  expect(
    readFileSync(terminal.file(join('review', `${item.submissionId}-standard.jpg`))).length,
  ).toBeGreaterThan(0);
  const about = [item.submissionId, item.photo.id];
  expect(
    (await terminal.type('review', 'reject', ...about, '--reason', 'light', '--remark', '面向窗户')).out,
  ).toContain('光线不合适');
  expect((await terminal.type('review', 'undo', item.submissionId)).out).toContain('审核中');
  expect((await terminal.type('review', 'accept', ...about)).out).toContain('已通过');
  expect((await terminal.type('review', '审核批次')).out).toMatch(/等审核\s+0/);
  const sentBack = await terminal.type('review', 'return', '审核批次', '1', '--reason', 'light');
  expect(sentBack.out).toContain(`review undo ${item.submissionId}`);
  expect((await terminal.type('review', 'undo', item.submissionId)).out).toContain('照片回到：已通过');
});

test('a photo is sent back also where the queue cannot be read then: only its undoing is not offered', async () => {
  const batch = await terminal.aBatch('读不到批次');
  const { _id } = await withPhoto({ ...batch }, '1', 'accepted');
  const real = fetch;
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation((url, init) =>
      typeof init?.body === 'string' && init.body.includes('reviewQueue')
        ? Promise.reject(new TypeError('fetch failed'))
        : real(url, init),
    );
  const sentBack = await terminal.type('review', 'return', '读不到批次', '1', '--reason', 'light');
  jest.restoreAllMocks();
  expect(sentBack).toEqual({ code: 0, out: '1：被驳回待重拍。', error: '' });
  expect((await collection<SubmissionDocument>('submissions').get(_id))?.state).toBe('rejected');
});

test('a binding is released only with --yes, and the student is told what to do', async () => {
  const { schoolCode } = await terminal.aBatch('解绑批次');
  const studentNumber = '202399990009';
  await storedBinding({ schoolCode, studentNumber });
  const unbind = (...args: readonly string[]) => terminal.type('unbind', '解绑批次', studentNumber, ...args);
  const asked = await unbind();
  expect(asked.code).toBe(1);
  expect(asked.out).toMatch(/照片会删除[^]*请加 --yes/);
  expect((await unbind('--yes')).out).toMatch(/已解除绑定。这一批里没有他的照片。\n请学生用现在的微信/);
  expect((await unbind('--yes')).error).toMatch(/没有可以解除的绑定（NOT_FOUND）\n请核对学号和批次/);
});

test('a check is softened, and it is said what may still keep the student from another photo', async () => {
  const batch = await terminal.aBatch('放宽批次');
  const { _id } = await withPhoto({ ...batch }, '202399990001', 'developed');
  const said = await terminal.type('override', _id, '--check', 'brows-visible', '--reason', '天生眉毛稀疏');
  expect(said).toMatchObject({ code: 0, error: '' });
  expect(said.out).toMatch(/次数用完了也能拍。采集已经截止的，先用 batch deadline/);
});

describe('a rejection after the deadline', () => {
  const TOO_LATE = '学生现在不能再拍。请用 batch deadline 延期。';
  let submission: SubmissionDocument;
  let about: readonly string[];
  beforeAll(async () => {
    const batch = await terminal.aBatch('截止批次');
    submission = await withPhoto({ ...batch }, '1', 'confirmed');
    about = [submission._id, submission.confirmedPhotoId!];
  });
  const reject = () => terminal.type('review', 'reject', ...about, '--reason', 'light');
  const close = () => terminal.type('batch', 'deadline', '截止批次', '2026-01-02', '--reason', '结束');

  test('says that the student cannot take another photo; before it there is nothing to say', async () => {
    expect((await reject()).out).not.toContain(TOO_LATE);
    await terminal.type('review', 'undo', submission._id);
    expect((await close()).error).toBe('');
    expect((await reject()).out).toContain(TOO_LATE);
    await terminal.type('review', 'undo', submission._id);
  });

  test('says so at the keyboard too, before and after', async () => {
    const out = terminal.file('late');
    const said = await terminal.typeWith(['r 3', 'q'], 'review', 'session', '截止批次', '--out', out);
    expect(said.out).toMatch(new RegExp(`采集已经截止 +现在驳回，学生看得到原因[\\s\\S]*${TOO_LATE}`));
  });
});

describe('reviewing at the keyboard', () => {
  const shownIn = ({ out }: { readonly out: string }) =>
    out.match(/学生 +10\d/g)?.map((line) => line.slice(-3));

  test('one letter for each photo; what is wrong is said and the session goes on', async () => {
    const batch = await terminal.aBatch('键盘批次');
    const students = [];
    for (const number of ['1', '2', '3']) students.push(await withPhoto({ ...batch }, number, 'confirmed'));
    const lines = ['x', 'r', 'r 99', 'r 12', 'r 3 4 请面向窗户 再拍', 'u', 'a', 's', 'a', 'q'];
    const out = terminal.file('keyboard');
    const said = await terminal.typeWith(lines, 'review', 'session', '键盘批次', '--out', out);
    expect(said).toMatchObject({ code: 0, error: '' });
    expect(said.out).toContain('通过 2 张，驳回 0 张，先不审 1 张，撤销 1 次。');
    expect(said.out).toContain('选了 other 时必须写');
    const states = await Promise.all(
      students.map(async ({ _id }) => (await collection<SubmissionDocument>('submissions').get(_id))?.state),
    );
    expect(states.sort()).toEqual(['accepted', 'accepted', 'confirmed']);
    // The one that was on the screen at the end is anybody's again.
    expect((await terminal.json<{ lent: number }>('review', '键盘批次')).lent).toBe(0);
  });

  test('the count is of photos: what was undone counts once, as it stands in the end', async () => {
    const batch = await terminal.aBatch('撤销批次');
    for (const number of ['101', '102']) {
      await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
    }
    const lines = ['a', 'u', 'a', 'a', 'u', 'u', 'r 3', 'q'];
    const said = await terminal.typeWith(lines, 'review', 'session', '撤销批次', '--out', terminal.file('u'));
    expect(shownIn(said)).toEqual(['101', '102', '101', '102', '102']);
    expect(said.out).toContain('通过 1 张，驳回 1 张，先不审 0 张，撤销 2 次。');
  });

  test('comes to every photo, says at the end what was left for later, and begins again', async () => {
    const batch = await terminal.aBatch('先不审批次');
    for (const number of ['101', '102', '103']) {
      await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
    }
    const lines = ['s', 's', 's', 's', 'a', 's', 's', 'q'];
    const said = await terminal.typeWith(
      lines,
      'review',
      'session',
      '先不审批次',
      '--out',
      terminal.file('s'),
    );
    expect(shownIn(said)).toEqual([...['101', '102', '103'], ...['101', '102', '103']]);
    expect(said.out).toContain('后面没有了，前面还有 3 张没审。q 结束，s 从头再看');
    expect(said.out).toContain('前面还有 2 张没审');
    expect(said.out).toContain('通过 1 张，驳回 0 张，先不审 2 张，撤销 0 次。');
  });

  test('nobody is shown in the place of a student whose picture is gone', async () => {
    const batch = await terminal.aBatch('缺图批次');
    for (const number of ['101', '102']) {
      await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
    }
    const second = await collection<SubmissionDocument>('submissions').findOne({
      batchId: batch.id,
      studentNumber: '102',
    });
    const photo = await collection<PhotoDocument>('photos').get(second!.confirmedPhotoId!);
    if (photo?.status !== 'developed') throw new Error('nothing was developed');
    await deleteFiles([photo.standardFileId]);
    const out = terminal.file('gone');
    const session = ['review', 'session', '缺图批次', '--out', out] as const;
    const said = await terminal.typeWith(['a', 'q'], ...session);
    expect(said.out).toContain('没有取到成品，文件夹里这次没有这张图。');
    expect(readFileSync(join(out, '原图.jpg')).toString()).toBe('original of 102');
    expect(readdirSync(out)).toEqual(['原图.jpg']);
    // After the last one nobody is on the screen.
    await terminal.typeWith(['a', 'q'], ...session);
    expect(readdirSync(out)).toEqual([]);
  });

  test('what was typed before a photo was seen is not about it, and that is said', async () => {
    const batch = await terminal.aBatch('打快了批次');
    for (const number of ['101', '102', '103']) {
      await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
    }
    const said = await terminal.typeAt(
      async function* (printed) {
        yield 'a\n';
        await until(() => printed().includes('学生      101'));
        await aLook();
        yield 'a\na\n';
        await until(() => printed().includes('学生      102'));
        yield 'r 3\n';
        await aLook();
        yield 's\n';
        await until(() => printed().includes('学生      103'));
        // Ending is about no photo.
        yield 'q\n';
      },
      ...['review', 'session', '打快了批次', '--out', terminal.file('fast')],
    );
    expect(said.out.match(/打得太快，这一行没有算/g)).toHaveLength(3);
    expect(said.out).toContain('通过 1 张，驳回 0 张，先不审 1 张，撤销 0 次。');
  });

  describe('a photo that could not be shown', () => {
    let out: string;
    let said: { readonly out: string };
    const session = async (title: string, code: string, lines: readonly string[]) => {
      const batch = await terminal.aBatch(title);
      for (const number of ['101', '102']) {
        await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
      }
      out = terminal.file(title);
      let pictures = 0;
      const write = fs.writeFileSync;
      jest.spyOn(fs, 'writeFileSync').mockImplementation((path, ...rest) => {
        pictures += 1;
        // The second photo's original.
        if (pictures === 3) throw Object.assign(new Error(code), { code, syscall: 'write' });
        write(path, ...rest);
      });
      said = await terminal.typeWith(lines, 'review', 'session', title, '--out', out);
    };
    afterEach(() => jest.restoreAllMocks());

    test('is not decided on, is anybody’s again, and the file is named', async () => {
      await session('磁盘满批次', 'ENOSPC', ['a', 'a', 's', 'q']);
      expect(said.out).toContain(
        `磁盘满了，没有写完“${join(out, '原图.jpg')}”。腾出空间后再运行一次。\n现在没有要审的照片。`,
      );
      expect(said.out.match(/学生 +10\d/g)).toHaveLength(2);
      expect(said.out).toContain('通过 1 张，驳回 0 张');
    });

    test.each(['EBUSY', 'EPERM'])(
      'because a viewer has its file open (%s) is one without it',
      async (code) => {
        await session(`占用批次 ${code}`, code, ['a', 'q']);
        expect(said.out).toContain('原图没有存下来：文件正被看图窗口打开。');
        expect(readdirSync(out)).toEqual(['成品.jpg']);
      },
    );
  });

  test('while a viewer holds the photo before, nobody comes next: there is nothing to decide on', async () => {
    const batch = await terminal.aBatch('占着批次');
    for (const number of ['101', '102']) {
      await withPhoto({ ...batch }, number, 'confirmed', {}, later(aCall(), Number(number)));
    }
    const out = terminal.file('held');
    const remove = fs.rmSync;
    let removals = 0;
    jest.spyOn(fs, 'rmSync').mockImplementation((path, options) => {
      removals += path === join(out, '原图.jpg') ? 1 : 0;
      if (removals === 3) throw Object.assign(new Error(), { code: 'EBUSY', syscall: 'unlink', path });
      remove(path, options);
    });
    const said = await terminal.typeWith(['a', 'a', 's', 'q'], 'review', 'session', '占着批次', '--out', out);
    jest.restoreAllMocks();
    expect(said.out).toContain(`“${join(out, '原图.jpg')}”正被别的程序打开`);
    expect(said.out.match(/学生 +10\d/g)).toHaveLength(2);
    expect(said.out).toContain('通过 1 张，驳回 0 张');
  });

  test('a folder of its own goes with the session', async () => {
    const batch = await terminal.aBatch('临时批次');
    await withPhoto({ ...batch }, '1', 'confirmed');
    const { out } = await terminal.typeWith(['q'], 'review', 'session', '临时批次');
    const [, folder] = /^图片：(.+)\/原图\.jpg、/.exec(out)!;
    expect(existsSync(folder!)).toBe(false);
  });

  test('ends with the input, and says when nothing is left', async () => {
    await terminal.aBatch('空键盘批次');
    const said = await terminal.typeWith([], 'review', 'session', '空键盘批次', '--out', terminal.file('e'));
    expect(said.out).toContain('没有等审核的照片');
  });
});

test('a student is photographed at the station: code, ID tail, consent, photo', async () => {
  await terminal.aBatch('站点批次');
  const portrait = resolve(__dirname, '../../fixtures/portraits/f1_front.jpg');
  writeFileSync(terminal.file('code.png'), (await demonstrationCode()).png);
  const sit = ['station', 'sit', terminal.file('code.png'), portrait, '--id-tail', DEMONSTRATION_ID_TAIL];
  expect((await terminal.type(...sit)).error).toContain('学生还没有同意');
  writeFileSync(terminal.file('film.mov'), '');
  truncateSync(terminal.file('film.mov'), 3 * 1024 ** 3);
  const film = ['station', 'sit', terminal.file('code.png'), terminal.file('film.mov'), '--id-tail', '0000'];
  expect((await terminal.type(...film)).error).toContain('IMAGE_TOO_LARGE_BYTES');
  const sat = await terminal.type(...sit, '--consent', '--confirm');
  expect(sat).toMatchObject({ code: 0, error: '' });
  expect(sat.out).toMatch(/状态\s+待学生确认/);
  expect(sat.out).toContain('这个批次不允许当场确认');
  const { seats } = await terminal.json<{ seats: { open: boolean }[] }>('station', 'seats');
  expect(seats.map(({ open }) => open)).toEqual([false]);
}, 60_000);
