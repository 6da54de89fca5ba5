// Content that means harm is shown, and does none; and much of it is still quick.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openPage, overflow, startBrowser, startServer } from './harness.mjs';

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const TURNED = 'He said \u202enever\u202c.';
const HARM = 'javascript:alert(document.domain)';
const LONG = 'x'.repeat(4900);
let server;
let browser;

const line = (record) => `${JSON.stringify(record)}\n`;

// An agency says it, and two thousand outlets pass it on.
function wire(outlets) {
  let rows = line({ claim: { name: 'claims/wire', text: 'A wire story.', language: 'en', nature: 'CLAIM_NATURE_FACT' } });
  const voice = (id, attribution) => {
    rows += line({ source: { name: `sources/${id}`, kind: 'SOURCE_KIND_NEWS_OUTLET', displayName: `Outlet ${id}` } });
    rows += line({ document: { name: `documents/${id}`, publisher: `sources/${id}`, title: `Story of ${id}` } });
    rows += line({ attribution: { name: `claims/wire/attributions/${id}`, source: `sources/${id}`, document: `documents/${id}`, ...attribution } });
  };
  voice('agency', { stance: 'STANCE_ASSERTS', basis: 'BASIS_FIRST_HAND' });
  for (let i = 0; i < outlets; i++) voice(`o${i}`, { stance: 'STANCE_RELAYS', cites: [{ attribution: 'claims/wire/attributions/agency' }] });
  return rows;
}

before(async () => {
  server = await startServer(process.env.HEADWATER_BUILD);
  browser = await startBrowser();
  let rows = '';
  for (const [id, text] of Object.entries({ script: SCRIPT, turned: TURNED, long: LONG })) {
    rows += line({ claim: { name: `claims/hostile-${id}`, text, language: 'en', nature: 'CLAIM_NATURE_FACT', about: [{ name: 'x"><b>y' }] } });
  }
  rows += line({ source: { name: 'sources/hostile', kind: 'SOURCE_KIND_PERSON', displayName: SCRIPT, aliases: ['{{7*7}}'] } });
  rows += line({ source: { name: 'sources/uris', kind: 'SOURCE_KIND_NEWS_OUTLET', displayName: `${TURNED} Daily`, sameAs: [HARM, 'data:text/html,x'], reliability: { grade: 'RELIABILITY_GRADE_E', gradedBy: TURNED, note: TURNED } } });
  rows += line({ document: { name: 'documents/uris', publisher: 'sources/uris', title: TURNED, authors: [TURNED], uri: HARM, archiveUri: 'vbscript:x' } });
  rows += line({ claim: { name: 'claims/uris', text: 'Addresses of all kinds.', language: 'en', nature: 'CLAIM_NATURE_FACT', about: [{ name: TURNED, uri: HARM }] } });
  rows += line({ attribution: { name: 'claims/uris/attributions/a', source: 'sources/uris', document: 'documents/uris', stance: 'STANCE_ASSERTS', quote: { exact: TURNED, cue: TURNED }, note: TURNED, hedges: [TURNED] } });
  rows += line({ review: { name: 'claims/uris/reviews/r', author: 'sources/uris', title: TURNED, uri: HARM, claimReviewed: TURNED, rating: { alternateName: TURNED } } });
  const file = join(server.home, 'hostile.ndjson');
  writeFileSync(file, rows + wire(2000));
  server.headwater('import', file);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const path of ['/claims/hostile-script', '/claims/hostile-turned', '/claims/hostile-long', '/sources/hostile', '/claims?standing=1', '/claims/nobody"><script>']) {
  test(`harmless: ${path}`, { timeout: 60_000 }, async () => {
    const { page, problems, go, close } = await openPage(browser, server, { viewport: { width: 360, height: 740 } });
    await go(encodeURI(path));
    await page.getByRole('main').waitFor();
    assert.equal(await page.locator('main script, main img[src=x]').count(), 0);
    assert.ok((await overflow(page)) <= 0, 'the page scrolls sideways');
    // That there is no such claim is the server's answer, which the browser puts on its console.
    assert.deepEqual(problems.filter((one) => !/status of 40\d/.test(one)), []);
    await close();
  });
}

test('a turn of direction is shown as what it is', async () => {
  const { page, go, close } = await openPage(browser, server);
  await go('/claims/hostile-turned');
  await page.getByRole('heading', { level: 1, name: /U\+202E/ }).waitFor();
  await close();
});

test('forty megabytes pasted leave the page usable', { timeout: 60_000 }, async () => {
  const { page, problems, go, close } = await openPage(browser, server);
  await go('/');
  await page.locator('#subject').evaluate((box) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'word '.repeat(8 << 20));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText(/That was very long/).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await page.locator('#subject').inputValue(), '');
  assert.deepEqual(problems, []);
  await close();
});

const paste = (field, words) =>
  field.evaluate((box, count) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'word '.repeat(count));
    box.focus();
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, words);

for (const form of ['claim', 'source', 'document', 'attribution', 'relation', 'withdraw', 'review']) {
  test(`forty megabytes pasted into the fields of a form: ${form}`, { timeout: 300_000 }, async () => {
    const { page, problems, go, close } = await openPage(browser, server);
    await go(`/record?form=${form}`);
    for (const fold of await page.locator('details.fold').all()) await fold.evaluate((details) => (details.open = true));
    const boxes = page.locator('form :is(textarea, input:not([type]))');
    for (let at = 0, count = await boxes.count(); at < count; at++) {
      const box = boxes.nth(at);
      const most = (await box.evaluate((one) => one.tagName)) === 'TEXTAREA' ? 1_000_000 : 10_000;
      await paste(box, 8 << 20);
      await page.getByText(/That was very long/).first().waitFor();
      assert.equal((await box.inputValue()).length, most);
      await box.fill('');
    }
    await page.getByRole('button', { name: 'Put it on record' }).click();
    await page.getByRole('alert').waitFor();
    assert.deepEqual(problems.filter((one) => !/status of 40\d/.test(one)), []);
    await close();
  });
}

// Addresses that are none of the web's stand on record in every field that takes one; no page makes a link of them.
for (const path of ['/claims/uris?voice=a', '/sources/uris', '/documents/uris', '/claims/uris']) {
  test(`no link leads out of the web: ${path}`, { timeout: 60_000 }, async () => {
    const { page, problems, go, close } = await openPage(browser, server);
    await go(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(/U\+202E/).first().waitFor();
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.protocol));
    assert.deepEqual(links.filter((protocol) => !/^https?:$/.test(protocol)), []);
    const turned = await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText));
    assert.equal(turned, false, 'a turn of direction is left as it is');
    assert.deepEqual(problems, []);
    await close();
  });
}

test('inline script is blocked', async () => {
  const { page, go, close } = await openPage(browser, server);
  await go('/');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.harm = true';
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.harm), undefined);
  await close();
});

test('two thousand voices are drawn at once, folded, and can be opened', { timeout: 60_000 }, async () => {
  const { page, problems, go, close } = await openPage(browser, server);
  await go('/claims'); // what the page is made of is there then, as it is for whoever works with it
  const start = Date.now();
  await page.evaluate(() => {
    history.pushState(null, '', '/claims/wire');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  const echo = page.getByRole('button', { name: /^2,000 echoes/ });
  await echo.waitFor();
  const took = Date.now() - start;
  // Two seconds are the aim; a busy machine may miss it.
  console.log(`2,001 voices drawn in ${took} ms`);
  await echo.click();
  await page.getByRole('region', { name: '2,000 echoes' }).getByRole('button', { name: 'Outlet o1', exact: true }).click();
  await page.getByRole('region', { name: 'Outlet o1' }).waitFor();
  assert.deepEqual(problems, []);
  await close();
});

test('the first view is less than 200 kB of script, compressed', async () => {
  const { page, go, close } = await openPage(browser, server);
  let size = 0;
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return;
    const { responseBodySize } = await response.request().sizes();
    size += responseBodySize;
  });
  await go('/');
  await page.waitForTimeout(300);
  console.log(`${size} bytes of script`);
  assert.ok(size > 0 && size < 200_000, `${size} bytes`);
  await close();
});
