// What the test files share: a server and a browser for each, and what must never be on any page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { openPage, overflow, startBrowser, startServer, violations } from './harness.mjs';

/** Starts both before the tests of a file, and stops them afterwards; `at` has them from the first test on. */
export function suite() {
  const at = { server: undefined, browser: undefined };
  before(async () => {
    at.server = await startServer(process.env.HEADWATER_BUILD);
    at.browser = await startBrowser();
  });
  after(async () => {
    await at.browser?.close();
    await at.server?.stop();
  });

  /**
   * Runs `job` on a page at `path`, then looks for what must never be: complaints, violations, sideways scrolling.
   * A refusal of the server's (its HTTP status) that the page shows is on the browser's console too: `refused` allows it.
   */
  function pageTest(name, path, job, options, refused = []) {
    test(name, { timeout: 180_000 }, async () => {
      const { page, problems, go, close } = await openPage(at.browser, at.server, options);
      try {
        await go(path);
        await job(page);
        assert.deepEqual(await violations(page), []);
        assert.ok((await overflow(page)) <= 0, 'the page scrolls sideways');
        assert.deepEqual(problems.filter((one) => !refused.some((status) => one.includes(`status of ${status}`))), []);
      } finally {
        await close();
      }
    });
  }
  return { at, pageTest };
}

/** What the server answers to a method, without the page: `of(server)('ClaimService/GetClaim', { name })`. */
export const of = (server) => async (method, request) => {
  const answer = await fetch(`${server.url}/headwater.v1.${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  assert.equal(answer.status, 200, method);
  return answer.json();
};

/** What pressing the button saves. */
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFileSync(await download.path(), 'utf8');
}
