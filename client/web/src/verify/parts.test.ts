import { describe, expect, it } from 'vitest';

import { LIMIT, partsOf, withinLimit } from './parts';

describe('a long text', () => {
  it('goes in parts that lose nothing', () => {
    const text = Array.from({ length: 300 }, (_, i) => `Paragraph ${i}. ${'word '.repeat(20)}\n\n`).join('');
    const parts = partsOf(text);
    expect(parts.join('')).toBe(text);
    expect(parts.length).toBeGreaterThan(5);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(5000);
  });

  it('begins with a short part, and ends parts with sentences where a paragraph is long', () => {
    const text = Array.from({ length: 400 }, (_, i) => `The U.S. said in no. ${i} that it was so. `).join('');
    const parts = partsOf(text);
    expect(parts.join('')).toBe(text);
    expect(parts[0]!.length).toBeLessThanOrEqual(800);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4000);
    for (const part of parts) expect(part).toMatch(/^The U\.S\. .*it was so\. $/s);
  });

  it('without any paragraph is cut all the same, and never within a character', () => {
    const text = '😀'.repeat(100_000);
    const parts = partsOf(text);
    expect(parts.join('')).toBe(text);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(90_000);
      expect(part).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
    }
  });

  it('is short when there is nothing to look for', () => {
    expect(partsOf(' \n\n ')).toEqual([]);
  });

  it('of forty megabytes keeps what can be looked at', () => {
    expect(withinLimit('a'.repeat(40 << 20))).toHaveLength(LIMIT);
    expect(withinLimit('short')).toBe('short');
  });
});
