/* Two-phase commit as one writes it down from the TLA+ specification, a process for each of N resource managers, and a message
   that stays is heard again and again: the states and the steps of models/two-phase-commit. */
#define WORKING   0
#define PREPARED  1
#define COMMITTED 2
#define ABORTED   3

byte rm[N];
byte tm = PREPARED;   /* undecided */
bool said[N];         /* the message of each that it is prepared, once sent */
bool heard[N];
bool commit, abort;   /* the messages of the transaction manager, once sent */

active [N] proctype resource_manager() {
  end: do
  :: d_step { rm[_pid] == WORKING -> rm[_pid] = PREPARED; said[_pid] = true }
  :: d_step { rm[_pid] == WORKING -> rm[_pid] = ABORTED }
  :: d_step { commit -> rm[_pid] = COMMITTED }
  :: d_step { abort -> rm[_pid] = ABORTED }
  od
}

#define HEAR(i)  :: d_step { tm == PREPARED && said[i] -> heard[i] = true }

#if N > 3
#define HEAR_3   HEAR(3)
#define HEARD_3  heard[3]
#else
#define HEAR_3
#define HEARD_3  true
#endif
#if N > 4
#define HEAR_4   HEAR(4)
#define HEARD_4  heard[4]
#else
#define HEAR_4
#define HEARD_4  true
#endif
#if N > 5
#define HEAR_5   HEAR(5)
#define HEARD_5  heard[5]
#else
#define HEAR_5
#define HEARD_5  true
#endif
#if N > 6
#define HEAR_6   HEAR(6)
#define HEARD_6  heard[6]
#else
#define HEAR_6
#define HEARD_6  true
#endif
#if N > 7
#define HEAR_7   HEAR(7)
#define HEARD_7  heard[7]
#else
#define HEAR_7
#define HEARD_7  true
#endif
#if N > 8
#define HEAR_8   HEAR(8)
#define HEARD_8  heard[8]
#else
#define HEAR_8
#define HEARD_8  true
#endif

active proctype transaction_manager() {
  end: do
  :: d_step { tm == PREPARED -> tm = ABORTED; abort = true }
  :: d_step { tm == PREPARED && heard[0] && heard[1] && heard[2] && HEARD_3 && HEARD_4 && HEARD_5 && HEARD_6 && HEARD_7 && HEARD_8 ->
       tm = COMMITTED; commit = true }
  HEAR(0) HEAR(1) HEAR(2) HEAR_3 HEAR_4 HEAR_5 HEAR_6 HEAR_7 HEAR_8
  od
}
