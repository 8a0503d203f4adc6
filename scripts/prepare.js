/**
 * What npm's `prepare` does: build, so that `npm ci` alone leaves a checkout where `npx churnproof` runs.
 *
 * `npx churnproof` inside this folder does not ask the registry: npm (10 and 11) sees that the package in the current
 * folder has a bin of that name and links the folder into its npx cache. Linking runs `prepare` once more, though (npm 11
 * the first time, npm 10 every time), which would rewrite dist under a running check; and if that build fails, npm 11
 * keeps a half-made cache entry that breaks every later `npx churnproof`, also after the build is repaired. A devDependency
 * on "file:." or a link in node_modules/.bin would not help: npm looks at the folder's own bin before either. So under
 * `npm exec` (npx) there is nothing to do here, and bin/churnproof.js says what to run when dist is missing.
 */
import { spawnSync } from 'node:child_process';

if (process.env.npm_command !== 'exec') {
  // One string through the shell, because npm is npm.cmd on Windows.
  const { status } = spawnSync('npm run build', { shell: true, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
