// A headwaterd on memory with HTTP on a free port.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "headwater-"));
  const ready = join(folder, "ready");
  const flags = ["--engine", "memory", "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0", "--ready-file", ready];
  const child = spawn(process.env.HEADWATERD, flags, { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  for (let i = 0; i < 600 && !existsSync(ready); ++i) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const address = readFileSync(ready, "utf8").match(/^http=(.*)$/m)[1];
  return {
    baseUrl: `http://${address}`,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}
