import { resolveCodePicture } from '../../cloudfunctions/capture-code/resolve-code-picture';
import {
  type CaptureCodeResolver,
  type ResolvedStudent,
} from '../../cloudfunctions/capture-code/resolvers/capture-code-resolver';
import { DomainError, type ErrorCode } from '../../miniprogram/shared/errors';
import { codePagePng, type CodeOnPage } from '../support/code-page-builder';
import { refusalOf } from '../support/refusal';

const STUDENT: ResolvedStudent = {
  schoolCode: '99999',
  studentNumber: '202105130123',
  maskedName: '张*三',
  level: '高起本',
  year: '2021',
  personKey: 'person',
  codeKey: 'code',
  enrolmentKey: 'enrolment',
};

type Answers = Readonly<Record<string, Partial<ResolvedStudent> | ErrorCode>>;

/**
 * A resolver that knows codes by their text and remembers what it was asked; unknown ones are not recognised. For
 * texts that begin with `signed` it needs no service.
 */
function aResolver(answers: Answers): CaptureCodeResolver & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    recognises: (payload) => !Buffer.from(payload).toString().startsWith('http'),
    answersAlone: (payload) => Buffer.from(payload).toString().startsWith('signed'),
    resolve: (payload) => {
      const text = Buffer.from(payload).toString();
      asked.push(text);
      const answer = answers[text] ?? 'CODE_NOT_RECOGNISED';
      if (typeof answer === 'string') return Promise.reject(new DomainError(answer));
      return Promise.resolve({ ...STUDENT, ...answer });
    },
  };
}

const LIGHT: Omit<CodeOnPage, 'payload'> = { left: 10, top: 10 };
const BELOW: Omit<CodeOnPage, 'payload'> = { left: 160, top: 240 };
const BOTTOM: Omit<CodeOnPage, 'payload'> = { left: 10, top: 470 };

const ask = async (codes: readonly CodeOnPage[], resolver: CaptureCodeResolver, level = 242) =>
  resolveCodePicture(await codePagePng({ codes, level }), '002X', resolver);

test('of several codes the one that resolves is chosen, wherever it stands', async () => {
  for (const [first, second] of [
    [LIGHT, BELOW],
    [BELOW, LIGHT],
  ] as const) {
    const resolver = aResolver({ mine: {} });
    const codes = [
      { payload: 'neighbour', ...first },
      { payload: 'mine', ...second },
    ];
    expect(await ask(codes, resolver)).toEqual(STUDENT);
  }
});

test('codes that nobody recognises are not asked about', async () => {
  const resolver = aResolver({ mine: {} });
  await ask(
    [
      { payload: 'https://example.org', ...LIGHT },
      { payload: 'mine', ...BELOW },
    ],
    resolver,
  );
  expect(resolver.asked).toEqual(['mine']);
});

test('an advertisement that is easy to read does not hide the code that is not', async () => {
  const hidden: CodeOnPage = { payload: 'mine', left: 150, top: 300, moduleSize: 5, quietZone: false };
  const resolver = aResolver({ mine: {} });
  expect(await ask([{ payload: 'advertisement', ...LIGHT }, hidden], resolver, 18)).toEqual(STUDENT);
  expect(resolver.asked).toEqual(['advertisement', 'mine']);
});

test('two students in one picture are refused, one student twice is not', async () => {
  const codes = [
    { payload: 'one', ...LIGHT },
    { payload: 'other', ...BELOW },
  ];
  const different = aResolver({ one: {}, other: { enrolmentKey: 'another enrolment' } });
  expect(await refusalOf(ask(codes, different))).toBe('CODE_SEVERAL_MATCH');
  expect(await ask(codes, aResolver({ one: {}, other: {} }))).toEqual(STUDENT);
});

test.each<[string, readonly string[], Answers, ErrorCode]>([
  ['no code', [], {}, 'CODE_NOT_FOUND_IN_PICTURE'],
  ['only codes of others', ['https://example.org'], {}, 'CODE_NOT_RECOGNISED'],
  ['a code that does not resolve', ['x'], {}, 'CODE_NOT_RECOGNISED'],
  ['a forged code', ['x'], { x: 'CODE_FORGED' }, 'CODE_FORGED'],
  ['a wrong tail beside rubbish', ['x', 'y'], { y: 'CODE_ID_TAIL_WRONG' }, 'CODE_ID_TAIL_WRONG'],
  [
    'an expired code beside a forged one',
    ['x', 'y'],
    { x: 'CODE_FORGED', y: 'CODE_EXPIRED' },
    'CODE_EXPIRED',
  ],
  [
    'a wrong tail for a signed code while the service is down for the other',
    ['x', 'signed'],
    { x: 'CODE_SERVICE_UNAVAILABLE', signed: 'CODE_ID_TAIL_WRONG' },
    'CODE_ID_TAIL_WRONG',
  ],
  ['a refusal that is about something else', ['x'], { x: 'INVALID_REQUEST' }, 'INVALID_REQUEST'],
])('%s: the refusal that helps most', async (_, texts, answers, expected) => {
  const places = [LIGHT, BELOW, BOTTOM];
  const codes = texts.map((payload, index) => ({ payload, ...places[index]! }));
  expect(await refusalOf(ask(codes, aResolver(answers)))).toBe(expected);
});

test('a final answer ends the reading: the code is not asked about again, nor anything else', async () => {
  const resolver = aResolver({ mine: 'CODE_ID_TAIL_WRONG' });
  const hidden: CodeOnPage = { payload: 'hidden', left: 150, top: 300, moduleSize: 5, quietZone: false };
  expect(await refusalOf(ask([{ payload: 'mine', ...LIGHT }, hidden], resolver, 18))).toBe(
    'CODE_ID_TAIL_WRONG',
  );
  expect(resolver.asked).toEqual(['mine']);
});

describe('a service that does not answer', () => {
  const UNAVAILABLE = 'CODE_SERVICE_UNAVAILABLE';

  test('is asked about one code of the picture, not about every one', async () => {
    const resolver = aResolver({ poster: UNAVAILABLE, mine: UNAVAILABLE, neighbour: UNAVAILABLE });
    const codes = [
      { payload: 'poster', ...LIGHT },
      { payload: 'mine', ...BELOW },
      { payload: 'neighbour', ...BOTTOM },
    ];
    expect(await refusalOf(ask(codes, resolver))).toBe(UNAVAILABLE);
    expect(resolver.asked).toHaveLength(1);
  });

  test('stands in no way of a code that needs no service, wherever it stands', async () => {
    for (const [first, second] of [
      [LIGHT, BELOW],
      [BELOW, LIGHT],
    ] as const) {
      const codes = [
        { payload: 'poster', ...first },
        { payload: 'signed', ...second },
      ];
      expect(await ask(codes, aResolver({ poster: UNAVAILABLE, signed: {} }))).toEqual(STUDENT);
    }
  });
});

test('a page full of codes costs eight questions and no more', async () => {
  const codes = Array.from({ length: 20 }, (_, index) => ({
    payload: `code ${index}`,
    left: 10 + 150 * (index % 4),
    top: 10 + 150 * Math.floor(index / 4),
    moduleSize: 4,
  }));
  const resolver = aResolver({});
  const page = await codePagePng({ width: 640, height: 800, codes });
  expect(await refusalOf(resolveCodePicture(page, '002X', resolver))).toBe('CODE_NOT_RECOGNISED');
  expect(resolver.asked).toHaveLength(8);
});

test('a bug in the resolver stays a bug', async () => {
  const resolver: CaptureCodeResolver = {
    recognises: () => true,
    resolve: () => Promise.reject(new TypeError('a bug')),
  };
  await expect(ask([{ payload: 'x', ...LIGHT }], resolver)).rejects.toThrow(TypeError);
});
