import { describe, expect, it } from 'vitest';
import { parsePath, readPath } from '../../src/agents/under-test/json-path.js';

const answer = { a: { b: [{ c: 'here' }, null] }, 'odd key': 1, length: 0 };

describe('a path', () => {
  it.each([
    ['$', answer],
    ['$.a.b[0].c', 'here'],
    ["$['a']['b'][1]", null],
    ['$["odd key"]', 1],
  ])('%s finds what is there', (path, found) => {
    expect(readPath(answer, path)).toEqual(found);
  });

  it.each(['$.z', '$.a.b[2]', '$.a.b[0].c.d', '$.a.b.length', '$.constructor', '$.a.b[1].c'])(
    '%s finds nothing where nothing is',
    (path) => {
      expect(readPath(answer, path)).toBeUndefined();
    },
  );

  it.each(['', 'a.b', '$a', '$..a', '$.a[*]', '$.a[-1]', '$.a.', "$['a", '$.a b'])(
    'is not what "%s" is',
    (text) => {
      expect(parsePath(text)).toBeUndefined();
    },
  );
});
