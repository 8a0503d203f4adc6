/* Two-phase commit over a set of messages that stay, N resource managers: the states of models/two-phase-commit.
   One process; sets are bit masks; a step that would change nothing is not offered. */
#define EVERYBODY ((1 << N) - 1)
#define WORKING   0
#define PREPARED  1
#define COMMITTED 2
#define ABORTED   3

byte rm[N];
byte tm = PREPARED;   /* undecided */
short said, heard;    /* who said that it is prepared; of whom the manager knows */

#define RM(i) \
  :: d_step { rm[i] == WORKING -> rm[i] = PREPARED; said = said | (1 << i) } \
  :: d_step { rm[i] == WORKING -> rm[i] = ABORTED } \
  :: d_step { tm == COMMITTED && rm[i] != COMMITTED -> rm[i] = COMMITTED } \
  :: d_step { tm == ABORTED && rm[i] != ABORTED -> rm[i] = ABORTED } \
  :: d_step { tm == PREPARED && (said & ~heard & (1 << i)) -> heard = heard | (1 << i) }

active proctype everybody() {
  end: do
  :: d_step { tm == PREPARED -> tm = ABORTED }
  :: d_step { tm == PREPARED && heard == EVERYBODY -> tm = COMMITTED }
  RM(0) RM(1) RM(2)
#if N > 3
  RM(3)
#endif
#if N > 4
  RM(4)
#endif
#if N > 5
  RM(5)
#endif
#if N > 6
  RM(6)
#endif
#if N > 7
  RM(7)
#endif
#if N > 8
  RM(8)
#endif
  od
}
