/** A counter that can be made to loop without end, to end its process, and to throw: what only a thread of its own survives. */

export const stubborn = {
  open(from) {
    let value = from;
    return {
      perform(move) {
        if (move.operation === 'reset') {
          if (value === 2) for (;;);
          if (value === 3) process.exit(3);
        }
        value = move.operation === 'reset' ? 0 : (value + move.args.by) % 8;
        if (value === 4) throw new Error('out of order');
      },
      observe: () => ({ value }),
    };
  },
};
