/** The counterexamples of one system as sequence diagrams, drawn when a reporter asks for one. */
import type { Finding, Model } from '../../kernel/index.js';
import { renderMermaid } from '../../report/index.js';
import { traceFileOf } from '../../run/counterexample.js';
import { compose } from '../../system/index.js';
import { replay } from '../../trace/index.js';
import type { Chosen } from '../choose.js';
import { story } from '../replay.js';
import { version } from '../version.js';

/** @internal */
export function diagramOf(chosen: Chosen, findings: readonly Finding[]): (property: string) => string | undefined {
  let model: Model | undefined;
  return (name) => {
    const finding = findings.find(({ property }) => property === name);
    const property = chosen.claims.find((claim) => claim.property.name === name)?.property;
    const file = finding === undefined ? undefined : traceFileOf(chosen, finding, version);
    if (file === undefined || property === undefined || file.verdict !== 'violated') return undefined;
    model ??= compose(chosen.system);
    const composed = model;
    return renderMermaid(story(file, property, replay(composed, property, file), (state) => composed.picture(state)));
  };
}
