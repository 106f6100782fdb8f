/**
 * Gives the cells of a workbook that hold ="0123" the text that everybody sees in them. Programs that write workbooks
 * leave it to Excel to work such a formula out; until somebody has saved the file there, the cell has no value, and
 * what stands in it (a student number, an ID number) would be taken for nothing.
 * Refuses to calculate: a formula that is more than one text stays without a value.
 */
import { rewriteSheets, type WorkbookParts } from './workbook-parts';

/** A cell with its attributes and, in quotes, its text: `<c r="A2"><f>"0123"</f><v/></c>`. */
const CONSTANT =
  /<((?:\w+:)?c)(\s[^>]*)>\s*<((?:\w+:)?)f>("|&quot;)((?:(?!\4)[^<])*)\4<\/\3f>\s*(?:<\3v\s*\/>|<\3v><\/\3v>)?\s*(?=<\/\1>)/g;

export function withConstantFormulas(parts: WorkbookParts): WorkbookParts {
  return rewriteSheets(parts, (sheet) =>
    sheet.replace(
      CONSTANT,
      (_, tag: string, attributes: string, prefix: string, _quote: string, text: string) =>
        // `str` is text that stands in the cell itself (ECMA-376, 18.18.11).
        `<${tag}${attributes.replace(/\st\s*=\s*["']\w*["']/, '')} t="str"><${prefix}v>${text}</${prefix}v>`,
    ),
  );
}
