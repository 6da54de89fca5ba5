// What is put on record, changed, withdrawn, deleted and brought back, in a real browser against a real server.
import assert from 'node:assert/strict';

import { suite } from './suite.mjs';

const NOBODY = 'Nobody recorded here asserts it';
const { at, pageTest } = suite();
const record = (kind, id) => JSON.parse(at.server.headwater(kind, 'get', id, '--output', 'json'));

pageTest('record: an error stands at its field, nothing typed is lost, and then it is on record', '/record?form=claim', async (page) => {
  await page.getByLabel('Recorded by').fill('Người ghi');
  await page.getByLabel('The statement').fill('A statement that was typed with care.');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText(/fields? must be mended/).waitFor();
  const language = page.getByRole('textbox', { name: /^Language/ });
  assert.equal(await language.getAttribute('aria-invalid'), 'true');
  assert.equal(await page.locator('#f-nature-error').innerText(), 'This is required.');
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.getByLabel('The statement').inputValue(), 'A statement that was typed with care.');
  await language.fill('en');
  await page.getByLabel(/^What it is/).selectOption({ label: 'Fact' });
  await page.getByLabel(/^Id/).fill('typed-with-care');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'claims/typed-with-care' }).click();
  await page.getByRole('heading', { level: 1, name: 'A statement that was typed with care.' }).waitFor();
  await page.getByText(NOBODY).first().waitFor();
  assert.match(at.server.headwater('claim', 'revisions', 'typed-with-care', '--output', 'json'), /Người ghi/);
}, {}, [400]);

pageTest('record: who says so, with the words selected in the text, on another’s word', '/record?form=document', async (page) => {
  await page.getByLabel('Title').fill('A report of ours');
  await page.getByLabel('Published by').fill('sources/reuters');
  await page.getByLabel('Its text', { exact: true }).fill('Reuters reports 😀 that engineers failed. More follows.');
  await page.getByLabel(/^Id/).fill('ours');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'documents/ours' }).waitFor();
  await page.goto(`${at.server.url}/record?form=attribution&claim=claims/huawei-engineers-failed&document=documents/ours&source=sources/reuters`, { waitUntil: 'networkidle' });
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

pageTest('change: a claim, with what the form does not show left as it is', '/claims/deepseek-mau-fell', async (page) => {
  const before = record('claim', 'deepseek-mau-fell');
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByText('Nothing is changed yet.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Put the change on record' }).isDisabled(), true);
  await page.getByLabel('Recorded by').fill('An editor');
  await page.getByLabel('Remark').fill('Read once more.');
  await page.getByLabel(/^Tags/).fill('Not A Tag');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText(/must be mended/).waitFor();
  assert.equal(await page.getByLabel(/^Tags/).getAttribute('aria-invalid'), 'true');
  await page.getByLabel(/^Tags/).fill('mau deepseek');
  const figures = page.getByLabel('Figures');
  const old = await figures.inputValue();
  await figures.fill(`${old}\nshare | 7.5 | percent | 2025-01`);
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('The change is on record:').waitFor();
  const { note, tags, quantities, etag, sequence, updateTime, ...rest } = record('claim', 'deepseek-mau-fell');
  const { note: _n, tags: _t, quantities: was, etag: _e, sequence: _s, updateTime: _u, ...restBefore } = before;
  assert.deepEqual([note, tags], ['Read once more.', ['mau', 'deepseek']]);
  assert.deepEqual(quantities, [...was, { property: 'share', value: '7.5', unit: 'percent', valueDate: '2025-01' }]);
  assert.deepEqual(rest, restBefore);
  await page.getByRole('link', { name: 'claims/deepseek-mau-fell' }).last().click();
  await page.getByText('An editor').waitFor();
}, {}, [400]);

pageTest('change: somebody else was quicker, and nothing typed is lost', '/record?form=claim&name=claims/huawei-engineers-failed', async (page) => {
  const text = page.getByLabel('The statement');
  await text.fill('Huawei’s engineers failed, typed with care.');
  at.server.headwater('claim', 'update', 'huawei-engineers-failed', '--note', 'The desk was quicker.', '--text', 'Huawei engineers failed, says the desk.');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('Somebody else changed this in the meantime.').waitFor();
  assert.equal(await text.inputValue(), 'Huawei’s engineers failed, typed with care.');
  await page.getByRole('button', { name: 'Load the newer one' }).click();
  await page.getByText('Huawei engineers failed, says the desk.').waitFor();
  assert.equal(await page.getByLabel('Remark').inputValue(), 'The desk was quicker.');
  assert.equal(await text.inputValue(), 'Huawei’s engineers failed, typed with care.');
  // Whoever comes back to it later finds both, too.
  at.server.headwater('claim', 'update', 'huawei-engineers-failed', '--text', 'Huawei engineers failed, says the desk again.');
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByText('Huawei engineers failed, says the desk again.').waitFor();
  assert.equal(await text.inputValue(), 'Huawei’s engineers failed, typed with care.');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('The change is on record:').waitFor();
  assert.equal(record('claim', 'huawei-engineers-failed').text, 'Huawei’s engineers failed, typed with care.');
  await page.getByRole('button', { name: 'Change it further' }).click();
  await text.fill('Given up.');
  at.server.headwater('claim', 'update', 'huawei-engineers-failed', '--text', 'The last word.');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByRole('button', { name: 'Load the newer one' }).click();
  await page.getByRole('button', { name: 'Take that' }).click();
  assert.equal(await text.inputValue(), 'The last word.');
  await page.getByText('Nothing is changed yet.').waitFor();
}, {}, [409]);

pageTest('change: who says so, from the voice on the claim’s page', '/claims/nvidia-gpus-have-backdoors', async (page) => {
  await page.getByRole('button', { name: /Nvidia denies/ }).first().click();
  await page.getByRole('link', { name: 'Change this statement' }).click();
  const name = new URL(page.url()).searchParams.get('name');
  const before = record('attribution', name);
  await page.getByLabel(/^Words that keep it open/).fill('reportedly');
  await page.getByLabel(/^How far it denies/).selectOption({ label: 'in part' });
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText(/must be mended/).waitFor();
  await page.getByLabel(/^Which part/).fill('the backdoors');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('The change is on record:').waitFor();
  const changed = record('attribution', name);
  assert.deepEqual(changed.hedges, ['reportedly']);
  assert.deepEqual(changed.denial, { extent: 'DENIAL_EXTENT_PART', part: 'the backdoors' });
  assert.deepEqual(changed.quote, before.quote);
  assert.deepEqual(changed.cites, before.cites);
}, {}, [400]);

pageTest('change: a source and a document', '/sources/ft', async (page) => {
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  const others = page.getByLabel('Other names');
  await others.fill(`${await others.inputValue()}\nThe pink paper`);
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('The change is on record:').waitFor();
  assert.ok(record('source', 'ft').aliases.includes('The pink paper'));
  await page.goto(`${at.server.url}/documents/deepseek-huawei`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  await page.getByLabel('Archived copy').fill('https://web.archive.org/web/2025/https://example.org/');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByText('The change is on record:').waitFor();
  assert.equal(record('document', 'deepseek-huawei').archiveUri, 'https://web.archive.org/web/2025/https://example.org/');
});

pageTest('delete: with a reason, telling what refers to it, and bring it back', '/record?form=source&name=sources/reuters', async (page) => {
  await page.getByLabel('Recorded by').fill('The archivist');
  await page.getByText('Delete it', { exact: true }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.locator('#why-error').waitFor();
  await page.getByLabel(/^Why/).fill('Twice on record.');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText(/is referred to by/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete', exact: true }).isDisabled(), true);
  await page.getByLabel(/all the same/).check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('The archivist').waitFor();
  await page.getByText('Twice on record.').waitFor();
  await page.goto(`${at.server.url}/sources/reuters`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'Who deleted it, and bring it back' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Nothing is changed yet.').waitFor();
  assert.equal(record('source', 'reuters').deleteTime, undefined);
}, {}, [400, 404]);

pageTest('delete: what was changed since it was seen is not deleted unseen', '/record?form=claim&name=claims/nvidia-gpus-have-backdoors', async (page) => {
  await page.getByText('Nothing is changed yet.').waitFor();
  at.server.headwater('claim', 'update', 'nvidia-gpus-have-backdoors', '--note', 'The desk has added this.');
  await page.getByText('Delete it', { exact: true }).click();
  await page.getByLabel(/^Why/).fill('Nobody says so.');
  const remove = page.getByRole('button', { name: 'Delete', exact: true });
  await remove.click();
  await page.getByText('See what it says by now before you delete it.').waitFor();
  assert.equal(await remove.isDisabled(), true);
  assert.equal(record('claim', 'nvidia-gpus-have-backdoors').deleteTime, undefined);
  await page.getByRole('button', { name: 'Load the newer one' }).click();
  await page.getByText('This is the newer one.').waitFor();
  assert.equal(await page.getByLabel('Remark').inputValue(), 'The desk has added this.');
  assert.equal(await page.getByLabel(/^Why/).inputValue(), 'Nobody says so.');
  const { sequence } = record('claim', 'nvidia-gpus-have-backdoors');
  await page.getByText(`no. ${sequence}.`).waitFor();
  await remove.click();
  const allTheSame = page.getByLabel(/all the same/);
  await allTheSame.waitFor();
  await allTheSame.check();
  await remove.click();
  await page.getByText('Nobody says so.').waitFor();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Nothing is changed yet.').waitFor();
  assert.equal(record('claim', 'nvidia-gpus-have-backdoors').deleteTime, undefined);
  // Who deletes it first wins; the other is told, and not that the server is broken.
  at.server.headwater('claim', 'delete', 'nvidia-gpus-have-backdoors', '--reason', 'The desk was quicker.', '--force');
  await page.getByText('Delete it', { exact: true }).click();
  await page.getByLabel(/^Why/).fill('Mine.');
  await remove.click();
  await page.getByRole('button', { name: 'Load the newer one' }).click();
  await page.getByText('The desk was quicker.').waitFor();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByText('Nothing is changed yet.').waitFor();
}, {}, [400, 404, 409]);

pageTest('withdraw: an error at its field, then it is struck', '/claims/h20-has-backdoors', async (page) => {
  await page.goto(`${at.server.url}/record?form=withdraw&name=claims/ours/attributions/none`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText(/must be mended/).waitFor();
  assert.equal(await page.getByLabel(/^Who took it back/).getAttribute('aria-invalid'), 'true');
  const name = JSON.parse(at.server.headwater('attribution', 'list', 'claims/huawei-engineers-failed', '--source', 'sources/ft', '--output', 'json')).attributions[0].name;
  await page.getByLabel(/^What is withdrawn/).fill(name);
  await page.getByLabel(/^Who took it back/).selectOption({ label: 'Retracted by the source' });
  await page.getByLabel(/^Why/).fill('The paper took it back.');
  await page.getByLabel(/^Withdrawn on/).fill('2025-09-01');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText('It is on record:').waitFor();
  assert.equal(record('attribution', name).withdrawal.kind, 'WITHDRAWAL_KIND_RETRACTED');
  await page.goto(`${at.server.url}/claims/huawei-engineers-failed`, { waitUntil: 'networkidle' });
  await page.getByText('The paper took it back.').first().waitFor();
}, {}, [400, 404]);

pageTest('withdraw: what is withdrawn is shown, and if it was changed since, it is not withdrawn unseen', '/claims/nvidia-gpus-have-backdoors?voice=nvidia', async (page) => {
  await page.getByRole('link', { name: 'Withdraw this statement' }).click();
  const name = new URL(page.url()).searchParams.get('name');
  const { sequence } = record('attribution', name);
  await page.getByText(`no. ${sequence}.`).waitFor();
  const shown = page.locator('form .card').first();
  await shown.getByRole('link', { name: 'Nvidia', exact: true }).waitFor();
  await shown.getByText('denies', { exact: true }).waitFor();
  // An accusation that nobody asserts does not stand here without these words, either.
  await shown.getByRole('heading', { name: 'Nvidia GPUs contain backdoors, kill switches or spyware.' }).waitFor();
  await shown.getByText(NOBODY).first().waitFor();
  await page.getByLabel(/^Who took it back/).selectOption({ label: 'Retracted by the source' });
  await page.getByLabel(/^Why/).fill('Said in error.');
  at.server.headwater('attribution', 'update', name, '--note', 'The desk has heard otherwise.');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText('Somebody else changed this in the meantime.').waitFor();
  assert.equal(record('attribution', name).withdrawal, undefined);
  await page.getByRole('button', { name: 'Load the newer one' }).click();
  await shown.getByText('The desk has heard otherwise.').waitFor();
  assert.equal(await page.getByLabel(/^Why/).inputValue(), 'Said in error.');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText('It is on record:').waitFor();
  assert.equal(record('attribution', name).withdrawal.reason, 'Said in error.');
  // A document is shown too, and what is withdrawn already says so.
  await page.goto(`${at.server.url}/record?form=withdraw&name=documents/deepseek-huawei`, { waitUntil: 'networkidle' });
  await page.getByText('Its withdrawal reaches all that it tells.').waitFor();
  await page.getByLabel(/^What is withdrawn/).fill(name);
  await page.getByText('This is withdrawn already:').waitFor();
}, {}, [409]);

pageTest('review: an error at its field, then it stands on the claim’s page, and can be changed', '/record?form=review&claim=claims/h20-has-backdoors', async (page) => {
  await page.getByLabel(/^Address/).fill('not an address');
  await page.getByLabel(/^Verdict/).fill('No evidence');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText(/must be mended/).waitFor();
  for (const field of [/^Fact-checker/, /^Address/]) assert.equal(await page.getByLabel(field).getAttribute('aria-invalid'), 'true');
  await page.getByLabel(/^Address/).fill('https://example.org/check');
  await page.getByLabel(/^Fact-checker/).fill('Reuters');
  await page.getByRole('button', { name: /sources\/reuters/ }).click();
  await page.getByLabel(/^Headline/).fill('We looked into it');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'claims/h20-has-backdoors' }).click();
  const reviews = page.getByRole('region', { name: 'Fact-checkers’ reviews' });
  await reviews.getByText('No evidence').waitFor();
  await reviews.getByRole('link', { name: 'Change this review' }).click();
  await page.getByLabel(/^Verdict/).fill('Unproven');
  await page.getByRole('button', { name: 'Put the change on record' }).click();
  await page.getByRole('link', { name: 'claims/h20-has-backdoors' }).last().click();
  await reviews.getByText('Unproven').waitFor();
}, {}, [400]);

pageTest('source: an error at its field, then it has its page', '/record?form=source', async (page) => {
  await page.getByLabel(/^Name \(/).fill('Báo Mới');
  await page.getByLabel(/^Country/).fill('Vietnam');
  await page.getByLabel(/^Domains/).fill('no domain');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByText(/must be mended/).waitFor();
  for (const field of [/^Kind/, /^Country/, /^Domains/]) assert.equal(await page.getByLabel(field).getAttribute('aria-invalid'), 'true');
  await page.getByLabel(/^Kind/).selectOption({ label: 'News outlet' });
  await page.getByLabel(/^Country/).fill('vn');
  await page.getByLabel(/^Domains/).fill('baomoi.com');
  await page.getByLabel(/^Id/).fill('bao-moi');
  await page.getByRole('button', { name: 'Put it on record' }).click();
  await page.getByRole('link', { name: 'sources/bao-moi' }).click();
  await page.getByRole('heading', { level: 1, name: 'Báo Mới' }).waitFor();
  assert.equal(record('source', 'bao-moi').country, 'VN');
}, {}, [400]);
