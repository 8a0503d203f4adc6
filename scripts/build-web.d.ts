/** What tests see of the bundler of the page. */
import type { PageAssets } from '../src/report/index.js';

export function pageAssets(): Promise<PageAssets>;
