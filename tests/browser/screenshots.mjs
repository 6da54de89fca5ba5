// README's pictures of the page, from a running system: node screenshots.mjs BUILD.
import { fileURLToPath } from 'node:url';

import { openPage, startBrowser, startServer } from './harness.mjs';

const OUT = fileURLToPath(new URL('../../readme/', import.meta.url));
const server = await startServer(process.argv[2]);
const browser = await startBrowser();

async function shoot(name, path, prepare, options = {}) {
  if (only && only !== name) return;
  const { page, problems, go, close } = await openPage(browser, server, { viewport: { width: 1180, height: 860 }, ...options });
  await go(path);
  await prepare(page);
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${OUT}${name}.png` });
  if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
  await close();
}

const only = process.argv[3]; // one picture by its name, or all
try {
  await shoot('page-verify', '/', async (page) => {
    await page.locator('#subject').fill('Nvidia GPUs contain backdoors, kill switches or spyware. Huawei engineers failed to complete a training run on Ascend chips.');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/sentences found on record/).waitFor();
  });
  await shoot('page-claim', '/claims/huawei-engineers-failed?voice=ft-three-people', async (page) => {
    await page.getByRole('button', { name: /Trí Đạt passes on/ }).first().waitFor();
    await page.getByRole('heading', { name: /The stream/ }).evaluate((heading) => scrollTo(0, heading.offsetTop - 12));
  });
  await shoot('page-phone', '/claims/nvidia-gpus-have-backdoors', (page) => page.getByRole('button', { name: /Nvidia denies/ }).first().waitFor(), {
    viewport: { width: 390, height: 780 },
    colorScheme: 'dark',
    deviceScaleFactor: 1.5,
  });
} finally {
  await browser.close();
  await server.stop();
}
