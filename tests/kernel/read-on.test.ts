import {
  type AnsweredPage,
  readAll,
  readOn,
  type PageRequest,
} from '../../miniprogram/shared/contract/read-on';

/** Answers these pages one after the other and remembers what was asked. */
function aList(...pages: readonly AnsweredPage<string>[]) {
  const asked: PageRequest[] = [];
  const read = (request: PageRequest) => {
    asked.push(request);
    const page = pages[asked.length - 1];
    return page === undefined ? Promise.reject(new Error('asked too often')) : Promise.resolve(page);
  };
  return { asked, read };
}

describe('a list that comes a page at a time', () => {
  test('is read to its end, each page by the cursor of the one before', async () => {
    const { asked, read } = aList(
      { items: ['a', 'b'], next: '1' },
      { items: [], next: '2' },
      { items: ['c'], next: null },
    );
    expect(await readAll(read)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([{}, { cursor: '1' }, { cursor: '2' }]);
  });

  test('is read on behind empty pages until there are enough, whole pages', async () => {
    const { read } = aList({ items: [], next: '1' }, { items: ['a', 'b'], next: '2' });
    expect(await readOn(read, null, 1)).toEqual({ items: ['a', 'b'], next: '2' });
  });

  test.each([[['a']], [[]]])('of functions that know no pages is whole: %j', async (items) => {
    const { asked, read } = aList({ items });
    expect(await readOn(read, null, 50)).toEqual({ items, next: null });
    expect(asked).toHaveLength(1);
  });
});
