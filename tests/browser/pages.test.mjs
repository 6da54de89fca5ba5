// Every page's main job, in a real browser, against a real server with the article's records in it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openPage, overflow, startBrowser, startServer, violations } from './harness.mjs';

const BUILD = process.env.HEADWATER_BUILD;
const NOBODY = 'Nobody recorded here asserts it';
let server;
let browser;

before(async () => {
  server = await startServer(BUILD);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs `job` on a page at `path`, then looks for what must never be: complaints, violations, sideways scrolling. */
function pageTest(name, path, job, options, refused = false) {
  test(name, { timeout: 60_000 }, async () => {
    const { page, problems, go, close } = await openPage(browser, server, options);
    try {
      await go(path);
      await job(page);
      assert.deepEqual(await violations(page), []);
      assert.ok((await overflow(page)) <= 0, 'the page scrolls sideways');
      // A refusal that the page shows is on the browser's console too.
      assert.deepEqual(problems.filter((one) => !(refused && /status of 400/.test(one))), []);
    } finally {
      await close();
    }
  });
}

const saved = async (page, button) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFileSync(await download.path(), 'utf8');
};

pageTest('claim: the stream, a voice, the list', '/claims/huawei-engineers-failed', async (page) => {
  await page.getByRole('heading', { level: 1, name: 'Huawei engineers failed' }).waitFor();
  const origin = page.getByRole('button', { name: /three people close to the matter/ }).first();
  const outlet = page.getByRole('button', { name: /Trí Đạt passes on/ }).first();
  assert.ok((await origin.boundingBox()).y < (await outlet.boundingBox()).y, 'the origin is not above the outlet');
  await outlet.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'three people close to the matter' });
  await panel.getByText('first-hand', { exact: true }).waitFor();
  assert.match(page.url(), /voice=ft-three-people/);
  await panel.getByRole('button', { name: 'Close' }).click();
  await page.getByText('The same as a list').click();
  assert.equal(await page.getByRole('row').count(), 4);
});

pageTest('claim: what nobody asserts says so', '/claims/nvidia-gpus-have-backdoors', async (page) => {
  await page.getByText(NOBODY).first().waitFor();
  assert.match(await page.title(), new RegExp(NOBODY));
  const csv = await saved(page, 'Voices as CSV');
  for (const row of csv.trim().split('\r\n').slice(1)) assert.match(row, new RegExp(NOBODY));
  const svg = await saved(page, 'Picture as SVG');
  assert.match(svg, /<title>[^<]*Nobody recorded here asserts it/);
  const prov = JSON.parse(await saved(page, 'PROV-JSON'));
  assert.match(prov.entity['record:claims/nvidia-gpus-have-backdoors']['headwater:standing'], new RegExp(NOBODY));
});

pageTest('claim: as known on an earlier day, and as recorded', '/claims/nvidia-gpus-have-backdoors', async (page) => {
  await page.getByRole('slider').fill('0');
  await page.waitForURL(/until=/);
  await page.getByText(/Only what had certainly been said by/).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('radio', { name: 'As recorded' }).check();
  await page.getByRole('button', { name: 'Copy a link to this state' }).waitFor();
  await page.getByRole('link', { name: /^no\. \d+$/ }).first().waitFor();
});

test('claim: as recorded at an earlier moment', { timeout: 60_000 }, async () => {
  const file = join(server.home, 'later.ndjson');
  const attribution = { name: 'claims/h20-has-backdoors/attributions/rfi-later', source: 'sources/rfi', stance: 'STANCE_ASSERTS', document: 'documents/deepseek-huawei' };
  writeFileSync(file, `${JSON.stringify({ attribution })}\n`);
  server.headwater('import', file);
  const { page, problems, go, close } = await openPage(browser, server);
  await go('/claims/h20-has-backdoors');
  await page.getByRole('radio', { name: 'As recorded' }).check();
  const slider = page.getByRole('slider');
  await slider.waitFor();
  await slider.fill(String(Number(await slider.getAttribute('max')) - 2));
  await page.getByText(/You see the record as it stood/).waitFor();
  const standing = page.locator('.mark', { hasText: NOBODY });
  await standing.waitFor();
  await page.getByRole('button', { name: 'Show the latest' }).click();
  await standing.waitFor({ state: 'detached' });
  assert.deepEqual(problems, []);
  await close();
});

pageTest('source: counts and plots', '/sources/ft', async (page) => {
  await page.getByRole('heading', { level: 1, name: 'Financial Times' }).waitFor();
  await page.getByRole('link', { name: 'three people close to the matter' }).waitFor();
  await page.getByText('10 statements').waitFor();
});

pageTest('document: its words, marked', '/documents/deepseek-huawei', async (page) => {
  await page.locator('mark').first().waitFor();
  assert.ok((await page.locator('mark').count()) > 10);
  await page.getByText(NOBODY).first().waitFor();
});

pageTest('desk: denied, and nobody asserts it', '/desk?show=denied', async (page) => {
  await page.getByRole('link', { name: /Nvidia GPUs contain backdoors/ }).waitFor();
  await page.getByText(NOBODY).first().waitFor();
  await page.getByRole('link', { name: 'One line, unnamed' }).click();
  await page.getByRole('link', { name: /Huawei engineers failed/ }).waitFor();
});

pageTest('claims: all of them', '/claims', async (page) => {
  await page.getByText('26 claims shown').waitFor();
  await page.getByLabel('Standing').selectOption({ label: NOBODY });
  await page.getByRole('link', { name: /Nvidia GPUs contain backdoors/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: /Huawei engineers failed/ }).count(), 0);
});

pageTest('record: an error stands at its field, nothing typed is lost, and then it is on record', '/record?form=claim', async (page) => {
  await page.getByLabel('Recorded by').fill('Người ghi');
  await page.getByLabel('The statement').fill('A statement that was typed with care.');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText(/fields? must be mended/).waitFor();
  const language = page.getByRole('textbox', { name: /^Language/ });
  assert.equal(await language.getAttribute('aria-invalid'), 'true');
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.getByLabel('The statement').inputValue(), 'A statement that was typed with care.');
  await language.fill('en');
  await page.getByLabel(/^What it is/).selectOption({ label: 'Fact' });
  await page.getByLabel(/^Id/).fill('typed-with-care');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'claims/typed-with-care' }).click();
  await page.getByRole('heading', { level: 1, name: 'A statement that was typed with care.' }).waitFor();
  await page.getByText(NOBODY).first().waitFor();
  assert.match(server.headwater('claim', 'revisions', 'typed-with-care', '--output', 'json'), /Người ghi/);
}, {}, true);

pageTest('record: who says so, with the words selected in the text, on another’s word', '/record?form=document', async (page) => {
  await page.getByLabel('Title').fill('A report of ours');
  await page.getByLabel('Published by').fill('sources/reuters');
  await page.getByLabel('Its text').fill('Reuters reports 😀 that engineers failed. More follows.');
  await page.getByLabel(/^Id/).fill('ours');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'documents/ours' }).waitFor();
  await page.goto(`${server.url}/record?form=attribution&claim=claims/huawei-engineers-failed&document=documents/ours&source=sources/reuters`, { waitUntil: 'networkidle' });
  await page.getByRole('region', { name: 'select the words' }).evaluate((box) => {
    const at = box.textContent.indexOf('engineers failed');
    getSelection().setBaseAndExtent(box.firstChild, at, box.firstChild, at + 'engineers failed'.length);
  });
  await page.getByRole('button', { name: 'Take the selected words' }).click();
  assert.equal(await page.getByLabel('The words', { exact: true }).inputValue(), 'engineers failed');
  await page.getByLabel(/^What it says/).selectOption({ label: 'passes on' });
  await page.getByRole('checkbox', { name: /Financial Times/ }).check();
  await page.getByLabel(/^Id/).fill('reuters-too');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: /attributions\/reuters-too/ }).click();
  await page.getByRole('region', { name: 'Reuters' }).locator('mark', { hasText: 'engineers failed' }).waitFor();
});

pageTest('import: a dry run, a row mended, the run', '/import', async (page) => {
  const file = join(server.home, 'more.ndjson');
  const row = (id, kind) => `{"source":{"name":"sources/${id}","kind":"${kind}","displayName":"${id}"}}\n`;
  writeFileSync(file, row('first', 'SOURCE_KIND_PERSON') + row('second', 'SOURCE_KIND_NOBODY'));
  await page.getByLabel('Choose a file').setInputFiles(file);
  await page.getByText('Row 2').first().waitFor();
  await page.getByText('Mend it here').click();
  await page.getByRole('textbox', { name: 'Row 2' }).fill(row('second', 'SOURCE_KIND_PERSON').trim());
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('Every row would go in.').waitFor();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('Done.').waitFor();
  assert.match(server.headwater('source', 'get', 'second'), /second/);
});

pageTest('import: everything goes out again', '/import', async (page) => {
  const lines = (await saved(page, 'Save as NDJSON')).trim().split('\n');
  assert.ok(lines.length >= 97);
  assert.ok(lines.some((line) => JSON.parse(line).claim?.name === 'claims/huawei-engineers-failed'));
});

for (const path of ['/', '/claims/nvidia-gpus-have-backdoors', '/sources/ft', '/documents/deepseek-huawei', '/desk', '/record?form=attribution', '/import']) {
  pageTest(`at 360 pixels, in the dark, in Vietnamese: ${path}`, path, async (page) => assert.equal(await page.locator('html').getAttribute('lang'), 'vi'), {
    viewport: { width: 360, height: 740 },
    colorScheme: 'dark',
    locale: 'vi',
  });
}

pageTest('verify: a text, sentence by sentence', '/', async (page) => {
  await page.locator('#subject').fill('Huawei engineers failed to complete a successful training run on Ascend chips. Nvidia GPUs contain backdoors, kill switches or spyware. It rained on Tuesday in a far-off town.');
  await page.locator('#subject').press('Control+Enter');
  await page.getByText('2 of 3 sentences found on record.').waitFor();
  await page.getByRole('link', { name: /Huawei engineers failed/ }).waitFor();
  await page.getByText(NOBODY).first().waitFor();
  await page.getByText('Nothing found on record.').waitFor();
});

pageTest('claims: searched for by words', '/claims', async (page) => {
  await page.getByRole('searchbox').fill('backdoors stance:denies');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: /Nvidia GPUs contain backdoors/ }).waitFor();
});
