/** Which known names a person may have meant by an unknown one. */
import leven from 'leven';

/** At most three: those that begin alike, and those that are a few letters away. @internal */
export function nearest(wanted: string, known: readonly string[]): readonly string[] {
  const lower = wanted.toLowerCase();
  const tolerance = Math.max(2, Math.floor(lower.length / 3));
  return known
    .map((name) => ({ name, distance: distance(lower, name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= tolerance)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

function distance(wanted: string, name: string): number {
  if (wanted.length >= 3 && (name.includes(wanted) || wanted.includes(name))) return 1;
  // Of a sentence, a person types the beginning.
  const beginning = name.slice(0, wanted.length);
  return Math.min(leven(wanted, name), wanted.length >= 4 ? leven(wanted, beginning) + 1 : Number.POSITIVE_INFINITY);
}
