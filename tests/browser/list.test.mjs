// A list of thousands, in a real browser against a real server.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { openPage } from './harness.mjs';
import { suite } from './suite.mjs';

const MANY = 3000;
const { at } = suite();

test('a long list scrolls page by page, quickly, and is filtered as quickly', { timeout: 120_000 }, async () => {
  const claim = (i) => ({ name: `claims/many-${String(i).padStart(4, '0')}`, text: `Statement no. ${i}.`, language: 'en', nature: 'CLAIM_NATURE_FACT' });
  const file = join(at.server.home, 'many.ndjson');
  writeFileSync(file, Array.from({ length: MANY }, (_, i) => `${JSON.stringify({ claim: claim(i) })}\n`).join(''));
  at.server.headwater('import', file);
  const { page, problems, go, close } = await openPage(at.browser, at.server);
  await go('/claims');
  // Goes to the end, again and again, since what comes into sight is laid out only then, until `count` are there.
  const scrollTo = (count) =>
    page.waitForFunction((wanted) => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      return document.querySelectorAll('main li.card').length >= wanted;
    }, count);
  await scrollTo(50);
  for (let pages = 2; pages <= 20; pages++) {
    const began = Date.now();
    await scrollTo(pages * 50);
    assert.ok(Date.now() - began < 5000, `page ${pages} took ${Date.now() - began} ms`);
  }
  const names = await page.locator('main li.card h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.equal(new Set(names).size, names.length, 'a claim is shown twice');
  await page.getByLabel('Standing').selectOption({ label: 'Several independent lines' });
  await page.getByText('No claim fits.').waitFor();
  assert.deepEqual(problems, []);
  await close();
});
