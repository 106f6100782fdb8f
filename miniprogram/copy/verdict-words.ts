/**
 * A verdict as lines to read: for each check what was measured, what is allowed and what to do next.
 * The numbers and limits come with the verdict; nothing is judged here.
 */
import { CheckResult, MeasureResult, Verdict, decidingMeasure } from '../shared/verdict/verdict';
import { CHECK_WORDS } from './check-words';
import { NOT_ASSESSED_WORDS, REMEDY_WORDS } from './remedy-words';
import { spaced } from './spacing';
import { limitsWords, valueBesideLimits } from './unit-words';
import { Words } from './words';

export type LineTone = 'bad' | 'warn' | 'good' | 'unknown';

export interface CheckLine {
  readonly id: string;
  readonly tone: LineTone;
  /** The outcome as a word, because colour alone says nothing to many. */
  readonly mark: string;
  readonly name: string;
  readonly sentence: string;
  /** Empty where nothing was measured. */
  readonly measured: string;
  readonly allowed: string;
}

const MARKS: Record<CheckResult['outcome'], { readonly tone: LineTone; readonly mark: string }> = {
  blocked: { tone: 'bad', mark: '要调整' },
  warned: { tone: 'warn', mark: '可以更好' },
  passed: { tone: 'good', mark: '合格' },
  'not-assessed': { tone: 'unknown', mark: '未检查' },
};

export const VERDICT_WORDS: Record<Verdict['outcome'], Words> = {
  passed: { title: '照片合格', next: '请看看成品，满意就确认；不满意可以重拍。' },
  warned: { title: '照片可以用，还能更好', next: '可以直接用这张，也可以照下面的建议重拍。' },
  blocked: { title: '这张需要重拍', next: '照下面的提示调整一下，再拍一张就好。' },
};

export const VERDICT_LIST_WORDS = {
  measured: '测得',
  allowed: '要求',
  allGood: (count: number): string => `${count} 项全部合格`,
  othersGood: (count: number): string => `其余 ${count} 项合格`,
  show: '展开',
  hide: '收起',
} as const;

/** A newer cloud may name a closer remedy, or a reason, that this mini program has never heard of. */
const KNOWN_REMEDIES: Partial<typeof REMEDY_WORDS> = REMEDY_WORDS;
const KNOWN_REASONS: Partial<typeof NOT_ASSESSED_WORDS> = NOT_ASSESSED_WORDS;

/** One check as a line. */
export function checkLine(check: CheckResult): CheckLine {
  const words = CHECK_WORDS[check.id];
  const line = { id: check.id, ...MARKS[check.outcome], name: words.name };
  if (check.outcome === 'not-assessed') {
    const sentence = KNOWN_REASONS[check.reason] ?? NOT_ASSESSED_WORDS['nothing-to-measure'];
    return { ...line, sentence, measured: '', allowed: '' };
  }
  const measure = decidingMeasure(check);
  const remedy = (check.remedy && KNOWN_REMEDIES[check.remedy]) ?? words.remedy;
  return {
    ...line,
    sentence: check.outcome === 'passed' ? words.good : remedy,
    measured: spaced(words.measures[measure.name] ?? '', measuredWords(measure)),
    allowed: allowedWords(measure),
  };
}

function measuredWords({ value, unit, allowed, tolerated }: MeasureResult): string {
  return valueBesideLimits(value, unit, tolerated === undefined ? [allowed] : [allowed, tolerated]);
}

function allowedWords({ allowed, tolerated, unit }: MeasureResult): string {
  const wanted = limitsWords(allowed, unit);
  const widest = tolerated === undefined ? wanted : limitsWords(tolerated, unit);
  return wanted === widest
    ? wanted
    : `${wanted}（${spaced('放宽到', widest.replace(/^不(超过|低于) /, ''))}）`;
}

const TONE_ORDER: readonly LineTone[] = ['bad', 'warn', 'unknown', 'good'];

/** All checks, those that need something first, otherwise in reading order. */
export function checkLines(verdict: Verdict): CheckLine[] {
  const lines = verdict.checks.map(checkLine);
  return TONE_ORDER.flatMap((tone) => lines.filter((line) => line.tone === tone));
}
