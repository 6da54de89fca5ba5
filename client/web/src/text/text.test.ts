import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { QuoteSchema } from '../gen/headwater/v1/attribution_pb';
import { ClaimSchema } from '../gen/headwater/v1/claim_pb';
import { contextOf } from './context';
import { dateInWords, lastDayOf } from './dates';
import { changes } from './diff';
import { fieldChanges, fieldsOf } from './fields';
import { pieces } from './marks';
import { localOf, momentOf } from './moment';
import { cutPaste } from './paste';
import { selectedIn } from './selection';
import { codePointOf, lengthOf, utf16Of } from './span';
import { isAddress, webAddress } from './uri';
import { visible } from './visible';

const vector = (model: string, dimensions: number, mark: string) => `${model} ${dimensions} ${mark}`;

describe('spans', () => {
  it('count code points where the browser counts UTF-16 units', () => {
    const text = 'a😀b𝒳c';
    expect(lengthOf(text)).toBe(5);
    for (let index = 0; index <= 5; index++) {
      const unit = utf16Of(text, index);
      expect(unit).toBe([...text].slice(0, index).join('').length);
      expect(codePointOf(text, unit)).toBe(index);
    }
    expect(utf16Of(text, 99)).toBe(text.length);
  });
});

describe('marks', () => {
  it('cut a text so that pieces put together give it back, each with all its marks', () => {
    const cut = pieces('0123😀56789', [
      { start: 2, end: 6, key: 'a' },
      { start: 4, end: 8, key: 'b' },
      { start: 9, end: 99, key: 'c' },
      { start: 3, end: 3, key: 'empty' },
    ]);
    expect(cut.map((piece) => [piece.text, piece.keys.join()])).toEqual([
      ['01', ''],
      ['23', 'a'],
      ['😀5', 'a,b'],
      ['67', 'b'],
      ['8', ''],
      ['9', 'c'],
    ]);
    expect(cut.map((piece) => piece.text).join('')).toBe('0123😀56789');
  });
});

describe('a selection', () => {
  it('is told in code points of the whole text, without the spaces at its ends', () => {
    const text = 'one 😀 two three';
    document.body.innerHTML = '<div id="box">one <span>😀 two</span> three</div>';
    const box = document.getElementById('box')!;
    const range = document.createRange();
    range.setStart(box.querySelector('span')!.firstChild!, 2); // behind the face
    range.setEnd(box.lastChild!, 1);
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
    const span = selectedIn(box, text)!;
    expect([...text].slice(span.start, span.end).join('')).toBe('two');
    getSelection()!.removeAllRanges();
    expect(selectedIn(box, text)).toBeUndefined();
  });
});

describe('differences', () => {
  it('of two texts put together give either', () => {
    const [before, after] = ['fell from 194 to 163 million', 'fell from 190 to 163 million users'];
    const parts = changes(before, after);
    const of = (leave: string) => parts.filter((part) => part.kind !== leave).map((part) => part.text).join('');
    expect(of('added')).toBe(before);
    expect(of('removed')).toBe(after);
    expect(parts.filter((part) => part.kind !== 'same').map((part) => part.text)).toEqual(['194', '190', ' users']);
  });

  it('of texts too long to compare are a replacement', () => {
    const long = 'word '.repeat(5000);
    expect(changes(long, 'short').map((part) => part.kind)).toEqual(['removed', 'added']);
  });

  it('of two revisions name the fields that somebody changed', () => {
    const before = create(ClaimSchema, { name: 'claims/a', text: 'x', tags: ['h20'], sequence: 1n });
    const after = create(ClaimSchema, { name: 'claims/a', text: 'x', tags: ['h20', 'r2'], language: 'en', sequence: 7n });
    expect(fieldChanges(fieldsOf(ClaimSchema, before, vector), fieldsOf(ClaimSchema, after, vector))).toEqual([
      { field: 'language', before: '', after: 'en' },
      { field: 'tags[1]', before: '', after: 'r2' },
    ]);
  });

  it('a vector is told by its model and length, and another one is a change', () => {
    const claim = (last: number) => create(ClaimSchema, { embeddings: [{ model: 'e5', dimensions: 3, values: [0.5, 0.25, last] }] });
    const [change, ...more] = fieldChanges(fieldsOf(ClaimSchema, claim(1), vector), fieldsOf(ClaimSchema, claim(2), vector));
    expect(more).toEqual([]);
    expect(change!.field).toBe('embeddings[0]');
    expect(change!.before).toMatch(/^e5 3 [0-9a-f]{8}$/);
    expect(change!.after).toMatch(/^e5 3 [0-9a-f]{8}$/);
    expect(change!.after).not.toBe(change!.before);
  });
});

describe('addresses', () => {
  it('are followed only where they open a page', () => {
    expect(webAddress('https://ft.com/a')).toBe('https://ft.com/a');
    for (const bad of ['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'vbscript:x', 'ft.com', '']) {
      expect(webAddress(bad)).toBeUndefined();
    }
  });

  it('are told from statements', () => {
    expect(isAddress(' https://ft.com/a\n')).toBe(true);
    expect(isAddress('See https://ft.com/a')).toBe(false);
  });
});

describe('words on record', () => {
  it('cannot turn the direction of what stands around them', () => {
    expect(visible('a\u202egnihton\u202c')).toBe('a⟨U+202E⟩gnihton⟨U+202C⟩');
    expect(visible('سلام، Việt 国')).toBe('سلام، Việt 国');
  });

  it('stand in their context where the text is stored and has them there', () => {
    const text = `${'x '.repeat(200)}they failed. ${'y '.repeat(200)}`;
    const quote = create(QuoteSchema, { exact: 'they failed', position: { start: 400, end: 411 } });
    const found = contextOf(quote, text);
    expect(found.before.startsWith('…')).toBe(true);
    expect(found.before.endsWith('x ')).toBe(true);
    expect(found.after.startsWith('. y')).toBe(true);
    expect(contextOf(create(QuoteSchema, { exact: 'not there', prefix: 'p', suffix: 's' }), text)).toEqual({ before: 'p', after: 's' });
  });
});

describe('dates', () => {
  it('are said in words, and what is more than a date is left as it is', () => {
    expect(dateInWords('2025-08-06', 'en')).toBe('6 Aug 2025');
    expect(dateInWords('2025-08', 'en')).toBe('August 2025');
    expect(dateInWords('2025', 'vi')).toBe('2025');
    expect(dateInWords('2025-03/2025-06', 'en')).toBe('March 2025 – June 2025');
    for (const other of ['2025~', '2025-08/..', '2025-13', '']) expect(dateInWords(other, 'en')).toBe(other);
  });
});

describe('the last day', () => {
  it('of a month, a year, an interval; none of what is open or not certain', () => {
    const days = ['2025-08-06', '2025-02', '2024-02', '2025-12', '2025', '2025-03/2025-06'].map(lastDayOf);
    expect(days).toEqual(['2025-08-06', '2025-02-28', '2024-02-29', '2025-12-31', '2025-12-31', '2025-06-30']);
    for (const open of ['2025-08/..', '2025~', '2025-08?', '']) expect(lastDayOf(open)).toBeUndefined();
  });
});

describe('moments', () => {
  it('are the same again behind the reader’s own clock, and nothing is none', () => {
    for (const moment of ['2025-08-20T09:00:00.000Z', '2024-02-29T23:59:59.000Z']) expect(momentOf(localOf(moment))).toBe(moment);
    expect([localOf(''), localOf('soon'), momentOf(''), momentOf('soon')]).toEqual(['', '', '', '']);
  });
});

describe('a paste', () => {
  const paste = (box: HTMLTextAreaElement, text: string) => {
    const event = new Event('paste', { cancelable: true }) as ClipboardEvent;
    Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } });
    let held: string | undefined;
    box.onpaste = (one) => void (held = cutPaste(one, 4));
    box.dispatchEvent(event);
    return { held, stopped: event.defaultPrevented };
  };

  it('that is too long is cut, at the caret, never within a character', () => {
    const box = document.createElement('textarea');
    box.value = 'ad';
    box.setSelectionRange(1, 1);
    expect(paste(box, 'fits')).toEqual({ held: undefined, stopped: false });
    expect(paste(box, 'bcd😀e')).toEqual({ held: 'abcdd', stopped: true });
  });
});
