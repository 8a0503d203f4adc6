/**
 * What goes into a certificate of what was found. Law: nothing of it depends on the time, the machine or the order in which things
 * were looked at, so that the same sources and engine give the same text, byte for byte.
 */
import { type Claim, expectedOf, type Report, type Suite, type Values } from '../kernel/index.js';
import { genericScoreOf, type JudgedGeneric } from '../report/generic.js';
import { type JudgedMutant, scoreOf } from '../report/mutants.js';
import { assumed } from '../report/temporal.js';
import {
  type Certificate,
  type CertifiedClaim,
  type CertifiedConfiguration,
  type CertifiedGeneric,
  type CertifiedMutant,
  type CertifiedWitness,
  certificateSchemaVersion,
  type Engine,
  type Sources,
} from './certificate.js';

/** A configuration with what a search of it found. @internal */
export interface Searched {
  readonly configuration: string;
  readonly quick: boolean;
  readonly values: Values;
  readonly claims: readonly Claim[];
  readonly report: Report;
}

/** All that a certificate tells. @internal */
export interface Examined {
  readonly suite: Pick<Suite, 'model' | 'summary'>;
  readonly sources: Sources;
  readonly engine: Engine;
  readonly searched: readonly Searched[];
  readonly mutants: readonly JudgedMutant[];
  readonly generic?: { readonly configuration: string; readonly judged: readonly JudgedGeneric[] };
}

/** @internal */
export function certificateOf({ suite, sources, engine, searched, mutants, generic }: Examined): Certificate {
  const configurations = searched.map(configurationOf);
  const { killed, mutants: of, survivors } = scoreOf(mutants);
  return {
    schemaVersion: certificateSchemaVersion,
    tool: 'churnproof',
    kind: 'certificate',
    model: suite.model,
    summary: suite.summary,
    sources,
    engine,
    configurations,
    witnesses: witnessesOf(configurations),
    neverTaken: neverTaken(configurations),
    mutants: { killed, of, survivors, tried: mutants.map(mutantOf) },
    ...(generic === undefined ? {} : { generic: genericOf(generic.configuration, generic.judged) }),
  };
}

/** @internal */
export const renderCertificate = (certificate: Certificate): string => `${JSON.stringify(certificate, null, 2)}\n`;

function configurationOf({ configuration, quick, values, claims, report }: Searched): CertifiedConfiguration {
  const { coverage, reduced, machines = [] } = report;
  const { kind, cut, states, transitions, depth } = coverage;
  return {
    name: configuration,
    quick,
    values,
    strategy: report.strategy,
    reductions: reduced === undefined ? [] : [reduced],
    coverage: { kind, ...(cut === undefined ? {} : { cut }), states, transitions, depth },
    claims: claims.flatMap((claim) => claimOf(claim, report)),
    machines,
  };
}

function claimOf(claim: Claim, { findings }: Report): readonly CertifiedClaim[] {
  const finding = findings.find(({ property }) => property === claim.property.name);
  if (finding === undefined) return [];
  const { property, kind, verdict, trace, dead } = finding;
  return [
    {
      property,
      kind,
      verdict,
      expected: expectedOf(claim),
      ...(trace === undefined ? {} : { length: trace.moves.length }),
      ...(trace?.loop === undefined ? {} : { loop: trace.loop }),
      ...(dead === undefined ? {} : { dead }),
      ...assumed(claim.property),
    },
  ];
}

function witnessesOf(configurations: readonly CertifiedConfiguration[]): readonly CertifiedWitness[] {
  const seen = new Map<string, Record<string, number | null>>();
  for (const { name, claims } of configurations)
    for (const { property, kind, verdict, length = 0 } of claims)
      if (kind === 'sometimes')
        seen.set(property, { ...seen.get(property), [name]: verdict === 'witnessed' ? length : null });
  return [...seen].map(([property, lengths]) => ({ property, seen: lengths }));
}

/** Machines that have another number of transitions in another configuration are two that share a name. */
function neverTaken(configurations: readonly CertifiedConfiguration[]): Certificate['neverTaken'] {
  const never = new Map<string, readonly string[]>();
  const named: Record<string, readonly string[]> = {};
  const all = configurations.flatMap(({ machines }) => machines);
  const keyOf = ({ machine, transitions }: (typeof all)[number]) => `${transitions.of} ${machine}`;
  for (const one of all) {
    const { unused } = one.transitions;
    never.set(keyOf(one), never.get(keyOf(one))?.filter((name) => unused.includes(name)) ?? unused);
  }
  for (const one of all) {
    const unused = never.get(keyOf(one)) ?? [];
    never.delete(keyOf(one));
    if (unused.length > 0) named[one.machine] = [...(named[one.machine] ?? []), ...unused];
  }
  return named;
}

function mutantOf({ mutant, values, outcome, falls }: JudgedMutant): CertifiedMutant {
  const { name, doc, source, survivor = false } = mutant;
  const recorded = falls.filter((fall) => fall.recorded);
  return {
    name,
    doc,
    ...(source === undefined ? {} : { source }),
    values,
    survivor,
    outcome,
    fell: Object.fromEntries(recorded.map(({ property, moves }) => [property, moves])),
  };
}

function genericOf(configuration: string, judged: readonly JudgedGeneric[]): CertifiedGeneric {
  const { killed, survived, equivalent, undecided } = genericScoreOf(judged);
  const named = (outcome: JudgedGeneric['outcome']) =>
    judged.filter((one) => one.outcome === outcome).map(({ machine, doc }) => `${machine}: ${doc}`);
  return {
    configuration,
    killed,
    of: killed + survived + undecided,
    equivalent,
    survived: named('survived'),
    undecided: named('undecided'),
  };
}
