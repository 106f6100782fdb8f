/** The table of docs/quality.md with every rule in force and where its numbers come from. */
import { CHECK_IDS } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { markdownTable } from '../bench/benchmark';
import { rangeText } from '../../local/cli/support/settings-file';

export function rulesTable(): string {
  return markdownTable(
    ['check', 'worst', 'measure', 'allowed', 'tolerated', 'where from'],
    CHECK_IDS.flatMap((id) =>
      Object.entries(CHECK_RULES[id].measures).map(([name, { unit, allowed, tolerated, evidence }], i) => [
        i === 0 ? id : '',
        i === 0 ? CHECK_RULES[id].severity : '',
        `${name} (${unit})`,
        rangeText(allowed),
        tolerated === undefined ? '–' : rangeText(tolerated),
        evidence,
      ]),
    ),
  );
}
