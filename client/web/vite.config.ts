import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `npm run dev` passes calls on to the server whose address HEADWATER_HTTP says.
const server = process.env.HEADWATER_HTTP ?? 'http://127.0.0.1:7412';

export default defineConfig({
  plugins: [svelte()],
  // The server's content security policy allows files of its own alone: nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '^/headwater\\.v1\\.': server } },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
});
