/**
 * Which entries of the objects in miniprogram/copy somebody reads: as WORDS.entry, taken apart, or by a template whose
 * page has the object as its `words`. An object that is handed on as a whole, or read by a name that is worked out, counts
 * as read in full: what cannot be followed is never called unused.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);

/** Scripts below a folder, as paths. */
export const scriptsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** Entries of the exported objects of one file, as OBJECT.entry. Those with a written type are complete by that type. */
export function entriesOf(path: string): string[] {
  return parsed(path).statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement) || !statement.modifiers?.some(isExport)) return [];
    return statement.declarationList.declarations.flatMap(({ name, type, initializer }) => {
      const value = initializer && bare(initializer);
      if (type !== undefined || value === undefined || !ts.isObjectLiteralExpression(value)) return [];
      return value.properties.flatMap((one) => (one.name ? `${name.getText()}.${nameOf(one.name)}` : []));
    });
  });
}

/** What a script and the template beside it read: OBJECT.entry, or OBJECT.* for all of it. */
export function readsOf(path: string): string[] {
  const source = parsed(path);
  const originals = importedNames(source);
  const original = (name: ts.Node) => originals.get(name.getText()) ?? name.getText();
  const template = path.replace(/\.ts$/, '.wxml');
  const markup = existsSync(template) ? readFileSync(template, 'utf8') : null;
  const shown = (prefix: string) =>
    [...(markup ?? '').matchAll(new RegExp(`\\b${prefix}\\.(\\w+)`, 'g'))].map(([, entry]) => entry!);
  const reads: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeQueryNode(node)) return;
    if (markup !== null && ts.isPropertyAssignment(node) && node.name.getText() === 'words') {
      const objects = wordsOf(node.initializer);
      for (const [prefix, object] of objects)
        reads.push(...shown(prefix).map((entry) => `${original(object)}.${entry}`));
      if (objects.length > 0) return;
    }
    if (ts.isPropertyAccessExpression(node)) reads.push(`${original(node.expression)}.${node.name.text}`);
    else if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      for (const { propertyName, name } of node.name.elements)
        reads.push(`${original(node.initializer)}.${(propertyName ?? name).getText()}`);
    } else if (ts.isIdentifier(node) && isWhole(node)) reads.push(`${original(node)}.*`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return reads;
}

/** `words: OBJECT` and `words: { ...OBJECT, part: OTHER }`, with what a template writes before an entry. */
function wordsOf(value: ts.Expression): (readonly [prefix: string, object: ts.Identifier])[] {
  if (ts.isIdentifier(value)) return [['words', value]];
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((one): (readonly [string, ts.Identifier])[] => {
    if (ts.isSpreadAssignment(one)) return wordsOf(one.expression);
    const part = ts.isPropertyAssignment(one) && ts.isIdentifier(one.initializer) ? one.initializer : null;
    return part === null ? [] : [[`words\\.${one.name.getText()}`, part]];
  });
}

/** Neither OBJECT.entry nor taken apart nor where it is written down. */
function isWhole(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return false;
  if (ts.isVariableDeclaration(parent))
    return parent.name !== node && !ts.isObjectBindingPattern(parent.name);
  return true;
}

function importedNames(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) names.set(node.name.text, (node.propertyName ?? node.name).text);
    ts.forEachChild(node, visit);
  };
  source.statements.filter(ts.isImportDeclaration).forEach(visit);
  return names;
}

const isExport = ({ kind }: ts.ModifierLike) => kind === ts.SyntaxKind.ExportKeyword;
const nameOf = (name: ts.PropertyName) => (ts.isStringLiteral(name) ? name.text : name.getText());

function bare(value: ts.Expression): ts.Expression {
  return ts.isAsExpression(value) || ts.isSatisfiesExpression(value) ? bare(value.expression) : value;
}
