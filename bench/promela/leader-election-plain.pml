/* Chang and Roberts' election as one writes it down, a process for each of N members: the states and the steps of
   models/leader-election. Identifiers fall along the ring, N first. To hear and to pass on is one step. */
#define IDLE      0
#define CANDIDATE 1
#define LOST      2
#define LEADER    3

chan link[N] = [N] of { byte };

active [N] proctype member() {
  byte state = IDLE;
  byte heard;   /* 0 between steps */
  end: do
  :: d_step { state == IDLE -> state = CANDIDATE; link[_pid]!(N - _pid) }
  :: d_step {
       link[(_pid + N - 1) % N]?heard ->
       if
       :: heard > N - _pid -> state = LOST; link[_pid]!heard
       :: heard == N - _pid -> state = LEADER
       :: heard < N - _pid && state == IDLE -> state = CANDIDATE; link[_pid]!(N - _pid)
       :: else
       fi;
       heard = 0 }
  od
}
