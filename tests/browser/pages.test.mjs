// Every page's main job, in a real browser, against a real server with the article's records in it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { openPage } from './harness.mjs';
import { saved, suite } from './suite.mjs';

const NOBODY = 'Nobody recorded here asserts it';
const { at, pageTest } = suite();

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
  const file = join(at.server.home, 'later.ndjson');
  const attribution = { name: 'claims/h20-has-backdoors/attributions/rfi-later', source: 'sources/rfi', stance: 'STANCE_ASSERTS', document: 'documents/deepseek-huawei' };
  writeFileSync(file, `${JSON.stringify({ attribution })}\n`);
  at.server.headwater('import', file);
  const { page, problems, go, close } = await openPage(at.browser, at.server);
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

pageTest('desk: a suggested duplicate is confirmed by name, taken back, and refused', '/desk?show=duplicates', async (page) => {
  const file = join(at.server.home, 'same.ndjson');
  const relation = { name: 'claims/huawei-engineers-failed/relations/same', kind: 'RELATION_KIND_SAME_AS', target: 'claims/deepseek-mau-fell', state: 'RELATION_STATE_SUGGESTED', suggestedBy: 'a program' };
  writeFileSync(file, `${JSON.stringify({ relation })}\n`);
  at.server.headwater('import', file);
  await page.reload({ waitUntil: 'networkidle' });
  const onRecord = () => JSON.parse(at.server.headwater('relation', 'get', relation.name, '--output', 'json'));
  const card = page.locator('article', { hasText: 'suggested by a program' });
  await card.getByRole('button', { name: 'They say the same' }).click();
  await card.getByText('Say who you are first').waitFor();
  assert.equal(onRecord().state, 'RELATION_STATE_SUGGESTED');
  await page.getByLabel('Recorded by').fill('The desk');
  await card.getByRole('button', { name: 'They say the same' }).click();
  await card.getByText('Confirmed.').waitFor();
  assert.deepEqual([onRecord().state, onRecord().confirmedBy], ['RELATION_STATE_CONFIRMED', 'The desk']);
  await card.getByRole('button', { name: 'Undo' }).click();
  await card.getByRole('button', { name: 'They do not' }).click();
  await card.getByText('Refused; it stays on record that it was.').waitFor();
  const { state, refusedBy, confirmedBy } = onRecord();
  assert.deepEqual([state, refusedBy, confirmedBy], ['RELATION_STATE_REFUSED', 'The desk', undefined]);
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByText('Nothing here.').waitFor();
});

pageTest('claims: all of them', '/claims', async (page) => {
  await page.getByText('26 claims shown').waitFor();
  await page.getByLabel('Standing').selectOption({ label: NOBODY });
  await page.getByRole('link', { name: /Nvidia GPUs contain backdoors/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: /Huawei engineers failed/ }).count(), 0);
});

pageTest('import: a dry run, a row mended, the run', '/import', async (page) => {
  const file = join(at.server.home, 'more.ndjson');
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
  assert.match(at.server.headwater('source', 'get', 'second'), /second/);
});

pageTest('import: a file of another format is told which command reads it, and that one does', '/import', async (page) => {
  const file = join(at.server.home, "outlets it's.csv");
  writeFileSync(file, 'display_name,kind,domains\nThe Example,NEWS_OUTLET,example.org\n');
  await page.getByLabel('Choose a file').setInputFiles(file);
  await page.getByText('This looks like CSV.').waitFor();
  const commands = await page.locator('code').allTextContents();
  assert.equal(commands.length, 3);
  const command = commands.find((one) => !/--dry-run|--map/.test(one));
  at.server.shell(command);
  assert.match(at.server.headwater('source', 'list', '--output', 'json'), /The Example/);
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

pageTest('print: the words, how it stands and why, addresses of links; nothing to press', '/claims/nvidia-gpus-have-backdoors', async (page) => {
  await page.getByRole('button', { name: /Nvidia denies/ }).first().click();
  await page.getByRole('region', { name: 'Nvidia' }).getByText('How it knows').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const kept of ['Nvidia GPUs contain backdoors', NOBODY]) assert.ok(await page.getByText(kept).first().isVisible(), kept);
  assert.ok(await page.locator('.why li').first().isVisible(), 'the reasons are not printed');
  for (const gone of ['nav', 'button', 'header', 'input', 'select']) assert.equal(await page.locator(`${gone}:visible`).count(), 0, gone);
  const printed = (link) => `${link.textContent}${getComputedStyle(link, '::after').content}`;
  const addresses = await page.locator('a[href^="http"]').all();
  assert.ok(addresses.length > 0);
  for (const one of addresses) assert.match(await one.evaluate(printed), /https?:|attr\(href\)/);
  await page.getByText(/\/claims\/nvidia-gpus-have-backdoors\?.*at=\d+/).waitFor();
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  await page.emulateMedia({ media: 'screen' });
});
