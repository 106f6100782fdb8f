import {
  diagnoseRow,
  type RosterCells,
  type RosterExpectation,
} from '../../../miniprogram/shared/roster/roster-row';
import { ROSTER_FIELDS } from '../../../miniprogram/shared/roster/roster-fields';
import { ID_NUMBER } from '../../support/signed-code-builder';

const EXPECTED: RosterExpectation = {
  cohorts: [{ year: '2021' }, { year: '2018', level: '高起本' }],
  graduationDate: '2027-01-10',
  fields: new Set(ROSTER_FIELDS),
};

const GOOD: RosterCells = {
  studentNumber: '202105130123',
  name: '张小三',
  level: '专升本',
  year: '2021',
  duration: '2.5',
  studyForm: '非脱产',
  major: '会计学',
  station: '阜阳函授站',
  className: '21 会计 1 班',
  graduationDate: '2027-01-10',
};

const codesOf = (cells: RosterCells) =>
  diagnoseRow({ ...GOOD, ...cells }, EXPECTED).findings.map(({ code }) => code);

test('a good row is kept as it is', () => {
  expect(diagnoseRow(GOOD, EXPECTED)).toEqual({ row: GOOD, findings: [] });
});

test.each([
  ['full-width digits', { studentNumber: '２０２１０５１３０１２３' }, { studentNumber: '202105130123' }],
  ['a number kept as text by a formula', { studentNumber: '="0123"' }, { studentNumber: '0123' }],
  ['a number kept as text by an apostrophe', { studentNumber: "'0123" }, { studentNumber: '0123' }],
  ['the year as people say it', { year: '2021级' }, { year: '2021' }],
  ['the length as people say it', { duration: '2.5年' }, { duration: '2.5' }],
  ['a date with slashes', { graduationDate: '2027/1/10' }, { graduationDate: '2027-01-10' }],
  ['a date in characters', { graduationDate: '2027年1月10日' }, { graduationDate: '2027-01-10' }],
  ['a date without separators', { graduationDate: '20270110' }, { graduationDate: '2027-01-10' }],
  ['a month without a day', { graduationDate: '2027-01' }, { graduationDate: '2027-01' }],
  ['the separator of a name', { name: '阿依古丽•买买提' }, { name: '阿依古丽·买买提' }],
  ['a dash that means nothing', { major: '—' }, { major: null }],
  ['ideographic spaces', { station: '　阜阳函授站　' }, { station: '阜阳函授站' }],
])('%s is understood', (_, cells, cleaned) => {
  const { row, findings } = diagnoseRow({ ...GOOD, ...cells }, EXPECTED);
  expect(findings).toEqual([]);
  expect(row).toMatchObject(cleaned);
});

test.each([
  ['no student number', { studentNumber: '' }, 'student-number-missing'],
  ['signs in a student number', { studentNumber: '2021 0513' }, 'student-number-malformed'],
  ['a student number of 40 digits', { studentNumber: '1'.repeat(40) }, 'student-number-malformed'],
  ['a student number turned into a quantity', { studentNumber: '2.02105E+11' }, 'student-number-damaged'],
  ['an ID number as student number', { studentNumber: ID_NUMBER }, 'id-number'],
  ['an ID number as name', { name: ID_NUMBER }, 'id-number'],
  [
    'an ID number of which a spreadsheet kept 15 digits',
    { studentNumber: '4.4052418800101e+17' },
    'id-number',
  ],
  ['a masked ID number', { className: '110105********002X' }, 'id-number'],
  ['two digits of a year', { year: '21' }, 'year-malformed'],
  ['a day that no calendar has', { graduationDate: '2027-02-30' }, 'date-malformed'],
  ['a text of 60 characters', { major: '长'.repeat(60) }, 'text-too-long'],
  ['a line break in a cell', { station: '阜阳\n函授站' }, 'control-characters'],
  ['a formula', { name: '=HYPERLINK("http://x","y")' }, 'formula'],
  ['a formula that begins with a plus', { name: '+cmd|calc' }, 'formula'],
  ['no station where others have one', { station: '' }, 'station-missing'],
  ['no class where others have one', { className: '' }, 'class-missing'],
  ['a year of no cohort', { year: '2020' }, 'not-in-cohorts'],
  ['a level that its year does not have', { year: '2018', level: '专升本' }, 'not-in-cohorts'],
  ['a number in place of a name', { name: '13800138000' }, 'name-improbable'],
  ['the date of another batch', { graduationDate: '2026-07-01' }, 'graduation-date-differs'],
])('%s: %s', (_, cells, code) => {
  expect(codesOf(cells)).toEqual([code]);
});

test('a row without a usable student number is no row', () => {
  expect(diagnoseRow({ ...GOOD, studentNumber: '?' }, EXPECTED).row).toBeNull();
});

test('a list without levels cannot be wrong about levels', () => {
  const cells = { studentNumber: '1', year: '2018' };
  const fields = new Set(['studentNumber', 'year'] as const);
  expect(diagnoseRow(cells, { ...EXPECTED, fields }).findings).toEqual([]);
});
