/** Reads the playback that the page carries and puts the page on the screen. */
import { render } from 'preact';
import type { Playback } from '../src/report/index.js';
import { App } from './app.js';

const page = document.getElementById('page');
const data = document.getElementById('playback')?.textContent;
if (page !== null && data != null) {
  page.replaceChildren();
  render(<App playback={JSON.parse(data) as Playback} />, page);
}
