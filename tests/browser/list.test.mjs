// A list of thousands, in a real browser against a real server. HEADWATER_LIST_CLAIMS=1000000 makes it a million.
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { openPage } from './harness.mjs';
import { of, suite } from './suite.mjs';

const MANY = Number(process.env.HEADWATER_LIST_CLAIMS ?? 3000);
const TOLD = 24_000;
const MINUTE = 60_000;
// How claims stand is worked out behind the import: of a million, that takes its time.
const BEHIND = MINUTE + MANY * 1.5;
const { at } = suite();

const claim = (name, text) => ({ claim: { name: `claims/${name}`, text, language: 'en', nature: 'CLAIM_NATURE_FACT' } });

/** Imports the records that `rows` yields. */
async function put(file, rows) {
  const path = join(at.server.home, file);
  const out = createWriteStream(path);
  for (const row of rows) {
    if (!out.write(`${JSON.stringify(row)}\n`)) await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise((resolve) => out.end(resolve));
  at.server.headwater('import', path);
}

/** What the page's scripts hold, in MB, once nothing is kept that nobody needs. */
async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

test('a long list scrolls page by page, quickly, and is filtered as quickly', { timeout: 30 * MINUTE }, async () => {
  await put('many.ndjson', (function* () {
    for (let i = 0; i < MANY; i++) yield claim(`many-${String(i).padStart(7, '0')}`, `Statement no. ${i}.`);
  })());
  const { page, problems, go, close } = await openPage(at.browser, at.server);
  await go('/claims');
  // Goes to the end, again and again, since what comes into sight is laid out only then, until `count` are there.
  const scrollTo = (count) =>
    page.waitForFunction((wanted) => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      return document.querySelectorAll('main li.card').length >= wanted;
    }, count);
  await scrollTo(50);
  const first = await heapOf(page);
  const took = [];
  for (let pages = 2; pages <= 20; pages++) {
    const began = Date.now();
    await scrollTo(pages * 50);
    took.push(Date.now() - began);
  }
  const last = await heapOf(page);
  const names = await page.locator('main li.card h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.equal(new Set(names).size, names.length, 'a claim is shown twice');
  const began = Date.now();
  await page.getByLabel('Standing').selectOption({ label: 'Several independent lines' });
  await page.getByText('No claim fits.').waitFor();
  const filtered = Date.now() - began;
  console.log(`${MANY} claims: a page in ${took.sort((a, b) => a - b)[9]} ms, at most ${took.at(-1)} ms; filtered in ${filtered} ms; ` +
    `${first.toFixed(1)} MB of script's data with one page, ${last.toFixed(1)} MB with twenty`);
  assert.ok(took.at(-1) < 5000, `a page took ${took.at(-1)} ms`);
  assert.ok(last - first < 30, `nineteen pages hold ${last - first} MB`);
  assert.deepEqual(problems, []);
  await close();
});

test('a list of standings that is behind says so, and catches up by itself', { timeout: 5 * MINUTE + 2 * BEHIND }, async () => {
  const name = (i) => `told-${String(i).padStart(5, '0')}`;
  await put('told.ndjson', (function* () {
    yield { source: { name: 'sources/teller', kind: 'SOURCE_KIND_PERSON', displayName: 'A teller' } };
    yield { document: { name: 'documents/tale', publisher: 'sources/teller', title: 'A tale' } };
    for (let i = 0; i < TOLD; i++) {
      yield claim(name(i), `A tale of ${i}.`);
      yield { attribution: { name: `claims/${name(i)}/attributions/a`, source: 'sources/teller', document: 'documents/tale', stance: 'STANCE_ASSERTS', basis: 'BASIS_FIRST_HAND' } };
    }
  })());
  const { page, problems, go, close } = await openPage(at.browser, at.server);
  await go('/claims?standing=5');
  const began = Date.now();
  await page.getByRole('link', { name: 'A tale of 0.', exact: true }).waitFor({ timeout: BEHIND });
  await page.getByText(/Standings as of no\./).waitFor({ state: 'detached', timeout: BEHIND });
  console.log(`standings caught up ${Date.now() - began} ms after the page was opened`);
  const head = async () => Number((await of(at.server)('ClaimService/ListClaims', { pageSize: 1 })).readSequence);
  const before = await head();
  // One record, by which so many claims come to stand otherwise: that takes a while behind the write.
  at.server.headwater('document', 'withdraw', 'tale', '--kind', 'RETRACTED', '--reason', 'All made up.');
  await page.getByLabel('Standing').selectOption({ label: 'Any' });
  await page.getByText(`Standings as of no. ${before}: 1 newer record is being worked off.`).waitFor();
  assert.equal(await page.locator('.mark', { hasText: 'One line' }).count() > 0, true, 'what the list shows is of another state');
  await page.getByText(/Standings as of no\./).waitFor({ state: 'detached', timeout: 2 * MINUTE });
  await page.getByLabel('Standing').selectOption({ label: 'One line' });
  await page.getByRole('link', { name: 'A tale of 0.', exact: true }).waitFor({ state: 'detached' });
  assert.equal(await page.getByText(/Standings as of no\./).count(), 0);
  assert.ok((await head()) > before);
  assert.deepEqual(problems, []);
  await close();
});
