// Content that means harm is shown, and does none; and much of it is still quick.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openPage, overflow, startBrowser, startServer } from './harness.mjs';

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const TURNED = 'He said \u202enever\u202c.';
const LONG = 'x'.repeat(4900);
let server;
let browser;

const line = (record) => `${JSON.stringify(record)}\n`;

// Every field that takes an address, a name or a text, beside one claim.
function records(id, uri, name, text) {
  const [source, document, claim] = [`sources/${id}`, `documents/${id}`, `claims/${id}`];
  return [
    { source: { name: source, kind: 'SOURCE_KIND_NEWS_OUTLET', displayName: name, sameAs: [uri], note: text } },
    { document: { name: document, publisher: source, title: name, uri, archiveUri: uri, note: text } },
    { claim: { name: claim, text: `Addresses of all kinds. ${text}`, language: 'en', nature: 'CLAIM_NATURE_FACT', about: [{ name, uri }] } },
    { attribution: { name: `${claim}/attributions/a`, source, document, stance: 'STANCE_ASSERTS', quote: { exact: text, cue: name }, note: text, hedges: [name] } },
    { review: { name: `${claim}/reviews/r`, author: source, title: name, uri, claimReviewed: text, rating: { alternateName: name, explanation: text } } },
  ].map(line).join('');
}

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
  rows += records('uris', 'ftp://example.org/a', 'A name', TURNED);
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

test('forty megabytes pasted leave the page usable', { timeout: 180_000 }, async () => {
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

for (const form of ['claim', 'source', 'document', 'attribution', 'relation', 'withdraw', 'review']) {
  test(`forty megabytes pasted into each box of a form: ${form}`, { timeout: 120_000 }, async () => {
    const { page, problems, go, close } = await openPage(browser, server);
    await go(`/record?form=${form}`);
    // One after the other without waiting for the picture between them: what a box takes is what is looked at.
    const held = await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'word '.repeat(8 << 20));
      return [...document.querySelectorAll('form textarea, form input:not([type])')].map((box) => {
        box.focus();
        box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        const { length } = box.value;
        box.value = 'one word';
        box.dispatchEvent(new Event('input', { bubbles: true }));
        return [box.tagName, length];
      });
    });
    assert.ok(held.some(([tag]) => tag === 'TEXTAREA'));
    for (const [tag, length] of held) assert.equal(length, tag === 'TEXTAREA' ? 1_000_000 : 10_000);
    await page.getByText(/That was very long/).first().waitFor();
    await page.getByRole('button', { name: 'Put it on record' }).click();
    await page.getByRole('alert').waitFor();
    assert.deepEqual(problems.filter((one) => !/status of 40\d/.test(one)), []);
    await close();
  });
}

test('addresses that run script and names that turn the writing are refused, at every field', () => {
  const file = join(server.home, 'refused.ndjson');
  writeFileSync(file, records('refused', 'javascript:alert(document.domain)', TURNED, TURNED));
  const told = (() => {
    try {
      return server.headwater('import', file);
    } catch (error) {
      return `${error.stdout}${error.stderr}`;
    }
  })();
  const names = ['source.display_name', 'document.title', 'claim.about[0].name', 'attribution.quote.cue', 'attribution.hedges[0]', 'review.title'];
  const addresses = ['source.same_as[0]', 'document.uri', 'document.archive_uri', 'claim.about[0].uri', 'review.uri'];
  for (const field of names) assert.ok(told.includes(`${field} has a character that turns`), `${field}: ${told}`);
  for (const field of addresses) assert.ok(told.includes(`${field} 'javascript:`), `${field}: ${told}`);
});

// What is no address of the web's is shown, and no page makes a link of it.
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
