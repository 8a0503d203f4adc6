-- Two-phase commit over a set of messages that stay, N resource managers: the states of models/two-phase-commit.
const
  N: @N@;
type
  rms: 0 .. N - 1;
  standing: enum { working, prepared, committed, aborted };
var
  rm: array [rms] of standing;
  tm: standing; -- prepared: undecided
  said: array [rms] of boolean;
  heard: array [rms] of boolean;

startstate
begin
  for i: rms do
    rm[i] := working;
    said[i] := false;
    heard[i] := false;
  end;
  tm := prepared;
end;

rule tm = prepared ==>
begin
  tm := aborted;
end;

rule tm = prepared & forall i: rms do heard[i] end ==>
begin
  tm := committed;
end;

ruleset i: rms do
  rule rm[i] = working ==>
  begin
    rm[i] := prepared;
    said[i] := true;
  end;

  rule rm[i] = working ==>
  begin
    rm[i] := aborted;
  end;

  rule tm = committed & rm[i] != committed ==>
  begin
    rm[i] := committed;
  end;

  rule tm = aborted & rm[i] != aborted ==>
  begin
    rm[i] := aborted;
  end;

  rule tm = prepared & said[i] & !heard[i] ==>
  begin
    heard[i] := true;
  end;
end;
