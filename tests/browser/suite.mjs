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
    test(name, { timeout: 60_000 }, async () => {
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

/** What pressing the button saves. */
export async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return readFileSync(await download.path(), 'utf8');
}
