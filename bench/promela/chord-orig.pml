/* The original Chord with Zave's two repairs, N identifiers of which none is used twice, begun by member 0 alone: the states
   of models/chord (original.ts). An operation, with the notification that it sends, is one step. */
#define NONE N
#define ABSENT 0
#define MEMBER 1
#define FAILED 2
#define LIVE(i) (state[i] == MEMBER)
/* Strictly between, clockwise; from one round to itself lies everything else. */
#define BETWEEN(a, x, c) ((a) < (c) -> (a) < (x) && (x) < (c) : (a) < (x) || (x) < (c))

byte state[N + 1];   /* nobody is never live, so that nobody need be asked for */
byte succ[N], succ2[N], prdc[N];

#define JOIN(me, via) \
  :: d_step { state[me] == ABSENT && LIVE(via) && BETWEEN(via, me, succ[via]) && LIVE(succ[via]) -> \
       state[me] = MEMBER; succ[me] = succ[via]; succ2[me] = NONE; prdc[me] = NONE }

/* Another member lists this one and nobody else who is live. */
#define MISSES(other, me) \
  (other != me && LIVE(other) && (succ[other] == me || succ2[other] == me) \
    && (succ[other] == me || !LIVE(succ[other])) && (succ2[other] == me || !LIVE(succ2[other])))

#define PEER(me) \
  JOIN(me, 0) JOIN(me, 1) JOIN(me, 2) JOIN_3(me) JOIN_4(me) \
  :: d_step { LIVE(me) && LIVE(succ[me]) -> \
       if \
       :: prdc[succ[me]] != NONE && LIVE(prdc[succ[me]]) && BETWEEN(me, prdc[succ[me]], succ[me]) -> \
          succ[me] = prdc[succ[me]] \
       :: else \
       fi; \
       if \
       :: prdc[succ[me]] == NONE || BETWEEN(prdc[succ[me]], me, succ[me]) -> prdc[succ[me]] = me \
       :: else \
       fi } \
  :: d_step { LIVE(me) && prdc[me] != NONE && !LIVE(prdc[me]) -> prdc[me] = NONE } \
  :: d_step { LIVE(me) && !LIVE(succ[me]) && succ2[me] != NONE -> succ[me] = succ2[me]; succ2[me] = NONE } \
  :: d_step { LIVE(me) && LIVE(succ[me]) && succ[succ[me]] != succ2[me] && (succ[succ[me]] != succ[me] || succ[me] == me) -> \
       succ2[me] = succ[succ[me]] } \
  :: d_step { LIVE(me) && MORE_THAN_ONE && !MISSES(0, me) && !MISSES(1, me) && !MISSES(2, me) && !MISSES_3(me) && !MISSES_4(me) -> \
       state[me] = FAILED; succ[me] = 0; succ2[me] = 0; prdc[me] = 0 }

#if N > 3
#define JOIN_3(me) JOIN(me, 3)
#define MISSES_3(me) MISSES(3, me)
#define PEER_3 PEER(3)
#define IS_3 LIVE(3)
#else
#define JOIN_3(me)
#define MISSES_3(me) false
#define PEER_3
#define IS_3 0
#endif
#if N > 4
#define JOIN_4(me) JOIN(me, 4)
#define MISSES_4(me) MISSES(4, me)
#define PEER_4 PEER(4)
#define IS_4 LIVE(4)
#else
#define JOIN_4(me)
#define MISSES_4(me) false
#define PEER_4
#define IS_4 0
#endif
#define MORE_THAN_ONE (LIVE(0) + LIVE(1) + LIVE(2) + IS_3 + IS_4 > 1)

active proctype everybody() {
  d_step { state[0] = MEMBER; succ[0] = 0; succ2[0] = NONE; prdc[0] = NONE };
  end: do
  PEER(0) PEER(1) PEER(2) PEER_3 PEER_4
  od
}
