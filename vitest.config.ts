import { defineConfig } from 'vitest/config'
import { installed } from './scripts/engines.mjs'

/** Tests that drive a whole browser from Node, one project per engine that is installed. */
const browsers = installed().map((engine) => ({
  extends: true as const,
  test: {
    name: engine,
    // Three hundred pages in five phases take longer than all the rest: `npm run leaks`.
    exclude: process.env.LEAKS ? [] : ['test/browser/leaks.test.ts'],
    // The bench measures in Chromium alone.
    include: [
      'test/browser/**/*.test.ts',
      ...(engine === 'chromium' ? ['test/bench/browser/*.test.ts'] : []),
    ],
    env: { ENGINE: engine },
    testTimeout: 30_000,
    hookTimeout: 90_000,
    // WebKitGTK crashes once in some thousand pages and takes its session along; nothing else is tried again.
    retry: { count: 1, condition: /session deleted|invalid session id|Could not parse script result/ },
    // Longer than a busy machine needs.
    expect: { poll: { timeout: 10_000 } },
    // A browser takes up to 450 MB and more than a core: on two cores, two at a time saved a tenth and made Firefox slow.
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
}))

export default defineConfig({
  // As in tsconfig.json and in the build; Vite's own development mode would add props of its own.
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false } },
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'test/*.test.ts',
            'test/bench/*.test.ts',
            'test/properties/*.test.ts',
          ],
          environment: 'node',
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      ...browsers,
    ],
  },
})
