/* Chang and Roberts' election on a ring of N, a fifo channel to the next: the states of models/leader-election. Identifiers
   fall along the ring, N first. To hear and to pass on is one step. One process: its vectors are shorter than those of N. */
#define IDLE      0
#define CANDIDATE 1
#define LOST      2
#define LEADER    3

chan link[N] = [N] of { byte };
byte state[N];
byte heard;   /* 0 between steps */

#define MEMBER(me) \
  :: d_step { state[me] == IDLE -> state[me] = CANDIDATE; link[me]!(N - me) } \
  :: d_step { \
       link[(me + N - 1) % N]?heard -> \
       if \
       :: heard > N - me -> state[me] = LOST; link[me]!heard \
       :: heard == N - me -> state[me] = LEADER \
       :: heard < N - me && state[me] == IDLE -> state[me] = CANDIDATE; link[me]!(N - me) \
       :: else \
       fi; \
       heard = 0 }

active proctype everybody() {
  end: do
  MEMBER(0) MEMBER(1) MEMBER(2)
#if N > 3
  MEMBER(3)
#endif
#if N > 4
  MEMBER(4)
#endif
#if N > 5
  MEMBER(5)
#endif
#if N > 6
  MEMBER(6)
#endif
#if N > 7
  MEMBER(7)
#endif
#if N > 8
  MEMBER(8)
#endif
#if N > 9
  MEMBER(9)
#endif
#if N > 10
  MEMBER(10)
#endif
  od
}
