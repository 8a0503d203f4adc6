-- Chang and Roberts' election on a ring of N: the states of models/leader-election. Identifiers fall along the ring, N first.
-- What is on a link lies in order from place 1; 0 is an empty place.
const
  N: @N@;
type
  members: 0 .. N - 1;
  identifiers: 0 .. N;
  places: 1 .. N;
  standing: enum { idle, candidate, lost, leader };
var
  state: array [members] of standing;
  link: array [members] of array [places] of identifiers;

procedure send(from: members; what: identifiers);
var
  done: boolean;
begin
  done := false;
  for place: places do
    if !done & link[from][place] = 0 then
      link[from][place] := what;
      done := true;
    end;
  end;
  assert done;
end;

startstate
begin
  for i: members do
    state[i] := idle;
    for place: places do
      link[i][place] := 0;
    end;
  end;
end;

ruleset i: members do
  rule state[i] = idle ==>
  begin
    state[i] := candidate;
    send(i, N - i);
  end;

  alias before: (i + N - 1) % N do
    rule link[before][1] != 0 ==>
    var
      heard: identifiers;
    begin
      heard := link[before][1];
      for place: places do
        link[before][place] := place = N ? 0 : link[before][place + 1];
      end;
      if heard > N - i then
        state[i] := lost;
        send(i, heard);
      elsif heard = N - i then
        state[i] := leader;
      elsif state[i] = idle then
        state[i] := candidate;
        send(i, N - i);
      end;
    end;
  end;
end;
