// A server of our own on a data directory of its own, and a browser that looks at it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AXE = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export const SAMPLE = join(ROOT, 'client/samples/deepseek-huawei.ndjson');

/** Starts headwaterd on free ports with the page of `build`, a build directory, and the sample in it. */
export async function startServer(build) {
  const home = mkdtempSync(join(tmpdir(), 'headwater-browser-'));
  const ready = join(home, 'ready');
  const flags = ['--data-dir', join(home, 'db'), '--engine', 'rocksdb', '--listen', '127.0.0.1:0'];
  flags.push('--http-listen', '127.0.0.1:0', '--web-root', join(build, 'web'), '--ready-file', ready);
  const server = spawn(join(build, 'bin/headwaterd'), flags, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  for (let tries = 0; !existsSync(ready); tries++) {
    if (server.exitCode !== null || tries > 300) throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const addresses = Object.fromEntries(readFileSync(ready, 'utf8').trim().split('\n').map((line) => line.split('=')));
  const headwater = (...args) => execFileSync(join(build, 'bin/headwater'), ['--server', addresses.grpc, ...args], { encoding: 'utf8' });
  /** A command as a person would type it beside the program's files. */
  const shell = (command) =>
    execFileSync('sh', ['-c', command.replace(/^headwater /, `headwater --server ${addresses.grpc} `)], {
      encoding: 'utf8',
      cwd: home,
      env: { ...process.env, PATH: `${join(build, 'bin')}:${process.env.PATH}` },
    });
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  headwater('import', SAMPLE);
  return { url: `http://${addresses.http}`, home, headwater, shell, stop };
}

export async function startBrowser() {
  if (!CHROMIUM) throw new Error('no Chromium is installed');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

/** A page of its own, on which anything said on the console, and any request to another host, is a failure. */
export async function openPage(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en', acceptDownloads: true, ...options });
  // A machine that builds something else meanwhile is slow; what hangs is found all the same.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol !== 'blob:') problems.push(`asked another host: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // The address of the page at first is the root: all else is reached as our own links reach it.
  const go = async (path) => {
    await page.goto(server.url + path, { waitUntil: 'networkidle' });
  };
  return { page, problems, go, close: () => context.close() };
}

/** What axe finds against WCAG 2.2 AA and good practice, a line each. */
export async function violations(page) {
  await page.evaluate(`${AXE};0`);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await globalThis.axe.run(document, { runOnly: tags });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

/** How much wider the page is than the window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
