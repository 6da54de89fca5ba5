// The slider over a claim's timeline: what the page shows as of a day is what the server says of that day.
import assert from 'node:assert/strict';

import { of, suite } from './suite.mjs';

const STANDINGS = {
  STANDING_NOT_ASSERTED: 'Nobody recorded here asserts it',
  STANDING_ORIGIN_NOT_RECORDED: 'Its origin is not on record',
  STANDING_SINGLE_LINE: 'One line',
};
const FLAGS = { FLAG_KIND_ALSO_DENIED: 'Also denied', FLAG_KIND_DENIED_NOT_ASSERTED: 'Denied', FLAG_KIND_ANONYMOUS_ONLY: 'Unnamed sources only', FLAG_KIND_ASKED: 'Being asked' };
const { at, pageTest } = suite();
const words = (list) => list.map((text) => text.trim().replace(/\s+/g, ' '));
const idOf = (name) => name.split('/').at(-1);

// What the page shows of a claim: how it stands, why, whose word counts, and what had happened.
async function shown(page) {
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const rows = await timeline.locator('li:not(.beyond) a[href*="voice="]').evaluateAll((links) => links.map((link) => new URL(link.href).searchParams.get('voice')));
  return {
    marks: words(await page.locator('p.standing .mark').allTextContents()),
    reason: words(await page.locator('p.reason').allTextContents()),
    voices: (await page.locator('.node.voice:not(.dim)').evaluateAll((nodes) => nodes.map((node) => node.dataset.id))).sort(),
    rows: rows.sort(),
  };
}

// The same, from the server; `day` counts what was certainly said by then, `read` is the state of the record.
async function told(claim, { day = '', read } = {}) {
  const ask = of(at.server);
  const assessment = await ask('ProvenanceService/AssessClaim', { name: claim, publishedUntil: day, read });
  const axis = read ? 'TIMELINE_AXIS_RECORDED' : 'TIMELINE_AXIS_PUBLISHED';
  const timeline = await ask('ProvenanceService/ListTimeline', { name: claim, publishedUntil: day, read, axis });
  const counted = (assessment.stances ?? []).flatMap((one) => [...(one.ownName ?? []), ...(one.relaying ?? [])]);
  return {
    marks: [STANDINGS[assessment.standing] ?? assessment.standing, ...(assessment.flags ?? []).map((flag) => FLAGS[flag.kind] ?? flag.kind)],
    reason: words(assessment.reasons.slice(0, 1)),
    voices: [...new Set(counted.map((one) => idOf(one.attribution)))].sort(),
    rows: (timeline.events ?? []).filter((event) => event.statement).map((event) => idOf(event.resource)).sort(),
  };
}

// What is on its way has come: nothing on the page is busy any more.
const settled = (page) => page.waitForFunction(() => !document.querySelector('main [aria-busy="true"]') && document.querySelector('svg.stream'));

for (const claim of ['claims/nvidia-gpus-have-backdoors', 'claims/huawei-engineers-failed']) {
  pageTest(`timeline, as published: ${claim}`, `/${claim}`, async (page) => {
    const slider = page.getByRole('slider');
    await slider.waitFor();
    await settled(page);
    assert.deepEqual(await shown(page), await told(claim));
    const days = [];
    for (let stop = 0; stop < Number(await slider.getAttribute('max')); stop++) {
      const before = page.url();
      await slider.fill(String(stop));
      await page.waitForFunction((url) => location.href !== url, before);
      await settled(page);
      const day = new URL(page.url()).searchParams.get('until');
      assert.equal(await slider.inputValue(), String(stop));
      assert.deepEqual(await shown(page), await told(claim, { day }), day);
      days.push(day);
    }
    // The article says of itself that it is of August: on its first day nothing of it is certain, on its last all is.
    assert.ok(days.includes('2025-08-01') && days.at(-1) === '2025-08-31', days.join());
    await slider.fill('0');
    await page.getByText(/may be later and (is|are) left out/).waitFor();
    await page.getByRole('region', { name: 'Timeline' }).getByText('(perhaps later)').first().waitFor();
  });
}

pageTest('timeline, as recorded: three states', '/claims/h20-has-backdoors', async (page) => {
  const claim = 'claims/h20-has-backdoors';
  for (const [id, stance] of [['later-one', 'ASSERTS'], ['later-two', 'DENIES']]) {
    at.server.headwater('attribution', 'create', `h20-has-backdoors/${id}`, '--source', 'sources/reuters', '--document', 'documents/deepseek-huawei', '--stance', stance);
  }
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByRole('radio', { name: 'As recorded' }).check();
  const slider = page.getByRole('slider');
  await slider.waitFor();
  const last = Number(await slider.getAttribute('max')) - 1;
  assert.ok(last >= 2, 'three requests recorded it');
  for (const stop of [last, last - 1, last - 2]) {
    const before = page.url();
    await slider.fill(String(stop));
    await page.waitForFunction((url) => location.href !== url, before);
    await settled(page);
    const time = new URL(page.url()).searchParams.get('at');
    const [is, says] = [await shown(page), await told(claim, { read: { time } })];
    assert.deepEqual({ ...is, voices: is.voices.length, rows: [...new Set(is.rows)] }, { ...says, voices: says.voices.length, rows: [...new Set(says.rows)] }, time);
  }
});
