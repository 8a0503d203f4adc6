/** How numbers and amounts read in a report. */

/** `4331`, `11,788,289`: four digits need no comma. @internal */
export const number = (n: number): string => (n < 10_000 ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, ','));

/** `1 move`, `4 moves`. @internal */
export const amount = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

/** `0.3 s`, `12 s`, `4 min 5 s`. @internal */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Two digits that count, the last one rounded up: what is said to be at most so much is. @internal */
export function percent(share: number): string {
  if (share === 0 || share >= 1) return share === 0 ? '0 %' : '100 %';
  const digit = 10 ** (Math.floor(Math.log10(share * 100)) - 1);
  const rounded = Number((Math.ceil((share * 100) / digit - 1e-6) * digit).toPrecision(2));
  return `${rounded} %`;
}
