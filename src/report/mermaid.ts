/** A replay as a Mermaid sequence diagram: for a pull request, an issue, a page of documentation. */
import { describeMove, type Envelope, type Move, show } from '../kernel/index.js';
import { flightsOf } from './flights.js';
import { criticalOf, framesOfStory, type ReplayStory } from './replay-text.js';
import { amount } from './words.js';

/** A replay as a sequence diagram. @public */
export function renderMermaid(story: ReplayStory): string {
  const frames = framesOfStory(story);
  const names = frames[0]?.picture.peers.map(({ name }) => name) ?? [];
  const id = (name: string) => `p${names.indexOf(name)}`;
  const everybody = names.length > 1 ? `p0,p${names.length - 1}` : 'p0';
  const { steps, recorded, shownAt, property, temporal } = story;
  const critical = criticalOf(story);
  const { loop } = temporal ?? {};
  const lines = ['sequenceDiagram', ...names.map((name) => `  participant ${id(name)} as ${escaped(name)}`)];
  const note = (over: string, text: string) => lines.push(`  Note over ${over}: ${escaped(text)}`);
  const verdictAt = (step: number) => {
    if (shownAt === step) note(everybody, `${recorded.verdict.toUpperCase()}: ${property}`);
  };
  if (story.start !== undefined) note(everybody, story.start.label);
  const isRound = loop !== undefined && loop < steps.length;
  verdictAt(0);
  steps.forEach(({ move }, at) => {
    if (isRound && at === loop) lines.push('  loop for ever');
    if (critical?.step === at + 1) note(everybody, 'the critical transition');
    lines.push(...linesOf(move, id, everybody));
    if (isRound && at === steps.length - 1) lines.push('  end');
    verdictAt(at + 1);
  });
  if (loop === steps.length) note(everybody, 'it stays like this for ever');
  // A queue of a thousand messages is no news to anybody.
  const left = flightsOf(frames).filter(({ end }) => end === 'inFlight');
  for (const { envelope } of left.slice(0, mostLeft))
    lines.push(`  ${id(envelope.from)}--)${id(envelope.to)}: on its way: ${messageOf(envelope)}`);
  if (left.length > mostLeft) note(everybody, `${amount(left.length - mostLeft, 'more message')} on the way`);
  return `${lines.join('\n')}\n`;
}

const mostLeft = 20;

function linesOf(move: Move, id: (name: string) => string, everybody: string): readonly string[] {
  switch (move.kind) {
    case 'deliver':
      return [`  ${id(move.from)}->>${id(move.to)}: ${messageOf(move)}`];
    case 'lose':
      return [`  ${id(move.from)}-x${id(move.to)}: lost: ${messageOf(move)}`];
    case 'duplicate': {
      const both = move.from === move.to ? id(move.from) : `${id(move.from)},${id(move.to)}`;
      return [`  Note over ${both}: duplicated: ${messageOf(move)}`];
    }
    case 'partition':
    case 'heal':
      return [`  Note over ${everybody}: ${escaped(describeMove(move))}`];
    case 'timeout':
    case 'operation':
    case 'join':
    case 'leave':
    case 'crash':
    case 'restart':
      // The peer's name stands above its line already.
      return [`  Note over ${id(move.peer)}: ${escaped(describeMove(move).slice(move.peer.length + 2))}`];
  }
}

function messageOf({ message: { type, ...fields } }: Pick<Envelope, 'message'>): string {
  const told = Object.entries(fields).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : show(value)}`,
  );
  return escaped([type, told.join(', ')].filter(Boolean).join(' '));
}

/** Mermaid takes a semicolon for the end of a line, a hash for an entity, and a tag for one of HTML. */
const escaped = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
  return cut.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/[#;<>"&]/g, (sign) => `#${sign.charCodeAt(0)};`);
};

const longest = 160;
