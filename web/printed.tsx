/** What is on paper and not on the screen: the story with what each move changed. Paper cannot be stepped. */

import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Lane } from '../src/kernel/index.js';
import type { Playback } from '../src/report/index.js';
import { fieldsAt, isChanged, localAt, textOf } from './behaviour.js';
import { stateText } from './peers.js';
import { PaperSpaceTime } from './space-time.js';

/** Longer stories are cut on paper. */
const longest = 400;

interface Given {
  readonly playback: Playback;
  readonly lanes: readonly Lane[];
}

export function Printed({ playback, lanes }: Given) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (host === null) return undefined;
    // Drawn only when it is wanted, and at once: the browser takes its picture right after this.
    const draw = () => render(<Paper playback={playback} lanes={lanes} />, host);
    addEventListener('beforeprint', draw);
    return () => removeEventListener('beforeprint', draw);
  }, [host, playback, lanes]);
  return <div class="printed" ref={setHost} />;
}

function Paper({ playback, lanes }: Given) {
  return (
    <>
      {playback.steps.length <= longest && <PaperSpaceTime playback={playback} lanes={lanes} />}
      <Table playback={playback} />
    </>
  );
}

function Table({ playback }: Pick<Given, 'playback'>) {
  const { steps, shownAt, verdict, critical } = playback;
  return (
    <table>
      <caption>Every move and what it changed</caption>
      <tbody>
        {steps.slice(0, longest).map(({ text }, at) => (
          <tr key={at}>
            <td>{at + 1}</td>
            <td>
              {text}
              {critical?.step === at + 1 && <b> critical</b>}
              {shownAt === at + 1 && <b> {verdict}</b>}
            </td>
            <td>{changesAt(playback, at + 1).join('; ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const changesAt = (playback: Playback, step: number): readonly string[] =>
  playback.peers.flatMap(({ name }, peer) => {
    if (!isChanged(playback, step, peer)) return [];
    const [was, now] = [localAt(playback, step - 1, peer), localAt(playback, step, peer)];
    const status = was.status === now.status ? [] : [now.status];
    const state = stateText(was.state) === stateText(now.state) ? [] : [stateText(now.state)];
    const fields = fieldsAt(playback, step, peer).filter(({ changed }) => changed && was.status === now.status);
    return [
      `${name}: ${[...status, ...state, ...fields.map(({ name: field, value }) => `${field} ${textOf(value)}`)].filter(Boolean).join(', ')}`,
    ];
  });
