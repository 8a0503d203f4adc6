/**
 * The replay page: one HTML text that needs nothing else. Law: whatever a trace says stays data. It stands in an element that
 * no browser runs or reads as markup, and the page's policy lets in no script, style or address but its own.
 */
import type { Playback } from './playback.js';

/** What the page is made of beside its data, as the build leaves it. @public */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** Base64 of SHA-256, by which the policy knows them. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

/** The page of one file that shows a playback, with what it may run and nothing else. @public */
export function renderPage(playback: Playback, { script, style, scriptHash, styleHash }: PageAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'`,
    `style-src 'sha256-${styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = `${playback.property} · ${playback.model}/${playback.configuration}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="churnproof ${escaped(playback.engine)}">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="page"><noscript>This page plays a recorded behaviour and needs JavaScript, all of which is in it.</noscript></div>
<script type="application/json" id="playback">${embedded(playback)}</script>
<script>${script}</script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] as string);

/** JSON that no HTML reader can take for the end of its element; the two line ends are for readers that take it for a script. */
const embedded = (data: unknown): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
