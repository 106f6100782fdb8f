/** Whether a package on the PC is whole, said so that whoever received it knows what it holds and what to do. */
import { type OperatorCommand } from '../operator-command';
import { table } from '../output';
import { NoManifestError, type PackageReport, verifyPackage } from '../verify-package';
import { VERIFY_WORDS } from '../words';
import { UsageError } from '../../support/command';

export const verify: OperatorCommand = {
  name: 'verify',
  summary: '拿清单逐张核对一个包，说出缺什么（不用联网）',
  offline: true,
  example: 'verify 2027届照片',
  arguments: ['文件夹'],
  options: {},
  async run({ bar }, given) {
    const folder = given.argument(0, '文件夹');
    try {
      const report = await verifyPackage(folder, (done, total) => {
        bar.show(done, total, '');
      });
      bar.end();
      return { text: textOf(report), json: report, exitCode: report.problems.length === 0 ? 0 : 1 };
    } catch (error) {
      if (error instanceof NoManifestError) throw new UsageError(VERIFY_WORDS.noManifest(folder));
      throw error;
    }
  },
};

function textOf(report: PackageReport): string {
  const { photos, found, problems, sameOriginal } = report;
  const rows = problems.map((problem) => [
    VERIFY_WORDS.problems[problem.kind],
    problem.file,
    'studentNumber' in problem ? problem.studentNumber : null,
  ]);
  const isWhole = rows.length === 0;
  const paragraphs = [
    [VERIFY_WORDS.counted(photos, found) + (isWhole ? VERIFY_WORDS.whole : ''), ...contents(report)],
    isWhole ? [] : [table(['问题', '文件', '学号'], rows)],
    problems.some(({ kind }) => kind.startsWith('table-')) ? [VERIFY_WORDS.tableNext] : [],
    sameOriginal.length === 0
      ? []
      : [VERIFY_WORDS.sameOriginal, ...sameOriginal.map((numbers) => numbers.join('、'))],
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Nothing for a package of version 0.1.0, which does not say. */
function contents({ selection, scope, station }: PackageReport): readonly string[] {
  if (selection === undefined || scope === undefined) return [];
  return [VERIFY_WORDS.holds(station ?? VERIFY_WORDS.scope[scope], VERIFY_WORDS.selection[selection])];
}
