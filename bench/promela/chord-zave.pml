/* Chord as Zave corrected it, lists of two entries, N identifiers of which none is used twice: the states of
   models/chord (zave.ts) with r=2. An operation, with the notification that it sends, is one step. */
#define ABSENT      0
#define IDLE        1
#define STABILIZING 2
#define RECTIFYING  3
#define FAILED      4
#define LIVE(i) (state[i] != ABSENT && state[i] != FAILED)
/* Strictly between, clockwise; from one round to itself lies everything else. */
#define BETWEEN(a, x, c) ((a) < (c) -> (a) < (x) && (x) < (c) : (a) < (x) || (x) < (c))

byte state[N], first[N], second[N], prdc[N];
byte saved[N];   /* whom STABILIZING will ask, who notified in RECTIFYING */

c_decl {
  /* Whether the assumptions let a member fail: all others who list it keep a live entry, and either it is none of the
     principals (whom no list skips) or more than three are there. */
  static int arc(int a, int c) {   /* the identifiers strictly between, as a mask */
    int above = (~0u << (a + 1)) & ((1 << N) - 1), below = (1 << c) - 1;
    return a < c ? above & below : above | below;
  }
  static int may_fail(int who, const unsigned char *state, const unsigned char *first, const unsigned char *second) {
    int i, members = 0, skipped = 0;
    for (i = 0; i < N; i++) {
      if (state[i] == ABSENT || state[i] == FAILED) continue;
      members |= 1 << i;
      skipped |= arc(i, first[i]) | arc(first[i], second[i]);
    }
    if (!(members & ~(1 << who))) return 0;
    if (!(skipped >> who & 1) && __builtin_popcount(members & ~skipped) <= 3) return 0;
    members &= ~(1 << who);
    for (i = 0; i < N; i++)
      if ((members >> i & 1) && (first[i] == who || second[i] == who)
          && !((members >> first[i] | members >> second[i]) & 1)) return 0;
    return 1;
  }
}

#define NOTIFY(me) \
  if \
  :: LIVE(first[me]) -> state[first[me]] = RECTIFYING; saved[first[me]] = me \
  :: else \
  fi

#define JOIN(me, via) \
  :: d_step { state[me] == ABSENT && LIVE(via) && BETWEEN(via, me, first[via]) -> \
       state[me] = IDLE; first[me] = first[via]; second[me] = second[via]; prdc[me] = via }

#define MEMBER(me) \
  JOIN(me, 0) JOIN(me, 1) JOIN(me, 2) JOIN(me, 3) JOIN_4(me) JOIN_5(me) \
  :: d_step { state[me] == IDLE -> \
       if \
       :: !LIVE(first[me]) -> first[me] = second[me]; second[me] = (second[me] + 1) % N; NOTIFY(me) \
       :: else -> \
          second[me] = first[first[me]]; \
          if \
          :: BETWEEN(me, prdc[first[me]], first[me]) -> state[me] = STABILIZING; saved[me] = prdc[first[me]] \
          :: else -> NOTIFY(me) \
          fi \
       fi } \
  :: d_step { state[me] == STABILIZING -> \
       if \
       :: LIVE(saved[me]) -> first[me] = saved[me]; second[me] = first[saved[me]] \
       :: else \
       fi; \
       state[me] = IDLE; saved[me] = 0; NOTIFY(me) } \
  :: d_step { state[me] == RECTIFYING -> \
       if \
       :: BETWEEN(prdc[me], saved[me], me) || !LIVE(prdc[me]) -> prdc[me] = saved[me] \
       :: else \
       fi; \
       state[me] = IDLE; saved[me] = 0 } \
  :: d_step { LIVE(me) && c_expr { may_fail (me, now.state, now.first, now.second) } -> \
       state[me] = FAILED; first[me] = 0; second[me] = 0; prdc[me] = 0; saved[me] = 0 }

#if N > 4
#define JOIN_4(me) JOIN(me, 4)
#define MEMBER_4 MEMBER(4)
#else
#define JOIN_4(me)
#define MEMBER_4
#endif
#if N > 5
#define JOIN_5(me) JOIN(me, 5)
#define MEMBER_5 MEMBER(5)
#else
#define JOIN_5(me)
#define MEMBER_5
#endif

#define FOUNDER(me, next, after) state[me] = IDLE; first[me] = next; second[me] = after; prdc[me] = after
/* An ideal ring of three members, 0 among them. */
#define RING(b, c) :: d_step { FOUNDER(0, b, c); FOUNDER(b, c, 0); FOUNDER(c, 0, b) }

active proctype everybody() {
  if
  RING(1, 2) RING(1, 3) RING(2, 3)
#if N > 4
  RING(1, 4) RING(2, 4) RING(3, 4)
#endif
#if N > 5
  RING(1, 5) RING(2, 5) RING(3, 5) RING(4, 5)
#endif
  fi;
  end: do
  MEMBER(0) MEMBER(1) MEMBER(2) MEMBER(3) MEMBER_4 MEMBER_5
  od
}
