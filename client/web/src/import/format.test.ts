import { expect, it } from 'vitest';

import { formatOfLine, quoted } from './format';

it('a file is told by its beginning, and what may be ours is taken for it', () => {
  for (const line of ['{"source":{"name":"sources/a"}}', ' { "claim" : {', '{"clam":{}}', '{"source":{"name":"sources/a"}']) {
    expect(formatOfLine('a.json', line)).toBe('native');
  }
  expect(formatOfLine('a.csv', 'name,kind')).toBe('csv');
  expect(formatOfLine('a.tsv.gz', 'name\tkind')).toBe('csv');
  expect(formatOfLine('noname', 'name;kind')).toBe('csv');
  expect(formatOfLine('a.json', '[{"@context":"https://schema.org","@type":"ClaimReview"}]')).toBe('claimReview');
  expect(formatOfLine('a.jsonld', '{')).toBe('claimReview');
  expect(formatOfLine('prov.json', '{"prefix":{"ex":"http://example.org"},"entity":{}}')).toBe('other');
  expect(formatOfLine('a.json', '[')).toBe('other');
  expect(formatOfLine('a.ndjson', 'broken')).toBe('native');
});

it('a file’s name is one word to the shell, whatever is in it', () => {
  expect(quoted('plain-name.csv')).toBe('plain-name.csv');
  expect(quoted("it's $HOME; rm.csv")).toBe(`'it'\\''s $HOME; rm.csv'`);
  expect(quoted('--help')).toBe(`'--help'`);
});
