import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/flows/**/*.test.ts'],
    // Long walks through deals and years that are drawn at random: each mutant would wait for them, and not always die.
    exclude: [
      'test/flows/deal/{simulation,model,model-time,carried-model}.test.ts',
      'test/flows/policy/monotone.test.ts',
      'test/flows/registers/training/time.test.ts',
    ],
    testTimeout: 20_000,
  },
});
