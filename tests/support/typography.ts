/**
 * Chinese typesetting as this program keeps it: a space between Chinese and figures or Latin letters, none between
 * Chinese and Chinese, full-width punctuation in Chinese sentences. Refuses to judge what a value of the school looks
 * like: it cannot be known here.
 */
import ts from 'typescript';

const CHINESE = '[\\u4e00-\\u9fff]';
/** Figures that belong to their Chinese sign: dates, years of entry and of graduation. */
const SIGNS = '[年月日级届]';

const SLIPS: readonly (readonly [string, RegExp])[] = [
  ['a space between Chinese and Chinese', new RegExp(`${CHINESE} +${CHINESE}`)],
  ['no space after Chinese', new RegExp(`(?!${SIGNS})${CHINESE}[−\\dA-Za-z]`)],
  ['no space before Chinese', new RegExp(`[A-Za-z%]${CHINESE}|\\d(?!${SIGNS})${CHINESE}`)],
  ['half-width punctuation', new RegExp(`${CHINESE} ?[,;:?!()"']|[,;:?!()"'] ?${CHINESE}|${CHINESE}\\.`)],
  [
    'a space beside full-width punctuation',
    /(?<!→) [，。；：？！、（）“”《》【】]|[，。；：？！、（）“”《》【】] (?!→)/,
  ],
];

/** What is wrong with a sentence, by name; nothing for a good one. */
export function typographicSlips(sentence: string): string[] {
  return SLIPS.filter(([, pattern]) => pattern.test(sentence)).map(([name]) => `${name}: ${sentence}`);
}

/** Stands for a value of which nothing is known, beside which nothing is judged. */
const ANYTHING = '\ufffc';
const MOMENT = '2027年2月28日 24:00';
const MOMENT_CALLS = /^(momentWords|deadlineWords|zonedWords|calendarDateWords)\(/;
const MOMENT_NAMES = /^(at|from|to|validUntil)$/;

/** Every literal of a source file as it would be read: numbers and moments stand in their places. */
export function sentencesIn(fileName: string, source: string): string[] {
  const sentences: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) sentences.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map((span) => sampleOf(span.expression) + span.literal.text);
      sentences.push(node.head.text + spans.join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true));
  return sentences;
}

function sampleOf(expression: ts.Expression): string {
  const text = expression.getText();
  if (MOMENT_CALLS.test(text)) return MOMENT;
  if (!ts.isIdentifier(expression)) return ANYTHING;
  const type = typeOfParameter(expression);
  if (type === 'number') return '3';
  return type === 'string' && MOMENT_NAMES.test(text) ? MOMENT : ANYTHING;
}

/** The written type of the parameter that a name stands for; undefined for anything else. */
function typeOfParameter(name: ts.Identifier): string | undefined {
  for (let node: ts.Node = name; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isFunctionLike(node)) continue;
    const parameter = node.parameters.find((one) => one.name.getText() === name.text);
    if (parameter !== undefined) return parameter.type?.getText();
  }
  return undefined;
}
