/**
 * What a move does, in C: written from the words of the kernel (`Network`, `Faults`, `Churn`), not from the code of `src/system`,
 * which it judges. It knows no numbering of contents, remembers nothing, and takes every move in the variables themselves.
 */

/** By topic, since Spin takes pieces of limited length. Every look-up that finds nothing ends the run loudly. @internal */
export const semantics: readonly string[] = [
  `
static int *T;                 /* the tape: all tables */
static cell before[W];         /* the state before the latest move */
static int next, effect;       /* what the latest step came to */
static int stepped;            /* whether there was a move yet */
static int beyond;             /* whether a link held what it never held */
static int said, verb;         /* what the latest move was, for people */

static void load(void) {
  int i, at = 0;
  T = malloc(tape_length * sizeof(int));
  for (i = 0; i < tape_count; at += lengths[i++]) memcpy(T + at, tapes[i], lengths[i] * sizeof(int));
}

/* The tables hold all that was ever seen: to need more is to disagree. */
static void off(const char *what) {
  fprintf(stderr, "churnproof: DISAGREES: %s\\n", what);
  exit(3);
}

static int up(int p) { return T[T[PEERS + 6 * p] + now.v[p]] == UP; }

/* The place of a key among rows in order, or -1. */
static int place(int at, int count, int width, int key) {
  int low = 0, high = count, middle;
  while (low < high) {
    middle = (low + high) / 2;
    if (T[at + width * middle] < key) low = middle + 1; else high = middle;
  }
  return low < count && T[at + width * low] == key ? at + width * low : -1;
}

/* Whether the machine of a peer has a transition; leaves where it leads. */
static int step(int p, int slot, int input) {
  int row = T[T[PEERS + 6 * p + 1] + slot];
  int at = place(row + 1, T[row], 3, input);
  if (at < 0) off("a step was never taken");
  next = T[at + 1];
  effect = T[at + 2];
  return next >= 0;
}

/* What a function of the world answers: it looks at variables until it knows. */
static int answer(int at) {
  int x, edge;
  if (at == NEVER) off("a function of the world was never asked");
  while (at >= 0) {
    x = T[at] & 2 ? before[T[at] / 4] : now.v[T[at] / 4];
    if (T[at] & 1) x = T[T[PEERS + 6 * (T[at] / 4)] + x];
    edge = place(at + 2, T[at + 1], 2, x);
    if (edge < 0) off("a function of the world was never asked in this state");
    at = T[edge + 1];
  }
  return -1 - at;
}

static int spend(const int *choice) {
  if (choice[4] < 0) return 1;
  if (now.v[choice[4]] >= choice[5]) return 0;
  now.v[choice[4]]++;
  return 1;
}
`,
  `
static int apart(int a, int b) {
  int cut = CUT_AT < 0 ? 0 : now.v[CUT_AT];
  return cut && T[SIDES + (cut - 1) * PEER_COUNT + a] != T[SIDES + (cut - 1) * PEER_COUNT + b];
}

static int held(const int *link) {
  int n = 0;
  while (n < link[3] && now.v[link[2] + n]) n++;
  return n;
}

static void take_out(const int *link, int i) {
  int n = held(link);
  for (; i + 1 < n; i++) now.v[link[2] + i] = now.v[link[2] + i + 1];
  now.v[link[2] + n - 1] = 0;
}

static void put_in(const int *link, int i, int x) {
  int n = held(link);
  for (; n > i; n--) now.v[link[2] + n] = now.v[link[2] + n - 1];
  now.v[link[2] + i] = x;
}

/* A message is put into its link; 0 when that is full. */
static int append(int from, int to, int item) {
  int at, n, i;
  const int *link;
  if (NETWORK == SET) {
    at = place(T[BITS + 2 * to], T[BITS + 2 * to + 1], 2, item);
    if (at < 0) beyond = 1; else now.v[T[at + 1]] = 1;
    return 1;
  }
  at = T[LINK_OF + to * PEER_COUNT + from];
  link = T + LINKS + 4 * (at < 0 ? 0 : at);
  n = at < 0 ? 0 : held(link);
  if (n == CAPACITY) return 0;
  if (at < 0 || n == link[3]) { beyond = 1; return 1; }
  i = n;
  if (NETWORK == UNORDERED) for (i = 0; i < n && now.v[link[2] + i] <= item + 1; i++);
  put_in(link, i, item + 1);
  return 1;
}

/* Heard within the move, in the order of sending, until nobody says anything more. */
static int settle(int from, int said_first) {
  static int queue[30000];
  int end = 0, i, k, to, e = said_first, sender = from;
  for (i = -3; i < end; i += 3) {
    if (i >= 0) {
      sender = queue[i], to = queue[i + 1];
      if (!up(to) || apart(sender, to) || !step(to, now.v[to], queue[i + 2])) continue;
      now.v[to] = next;
      e = effect, sender = to;
    }
    k = T[EFFECTS + e];
    if (end + 3 * T[k] > 30000) off("a move causes a storm of messages");
    for (to = 0; to < T[k]; to++) {
      queue[end++] = sender;
      queue[end++] = T[k + 1 + 2 * to];
      queue[end++] = T[k + 2 + 2 * to];
    }
  }
  return 1;
}

/* What a step said goes out; 0 when a full link makes the move wait. */
static int sent(int from, int e) {
  int k = T[EFFECTS + e], i;
  if (NETWORK == SYNCHRONOUS) return settle(from, e);
  beyond = 0;
  for (i = 0; i < T[k]; i++) {
    int to = T[k + 1 + 2 * i];
    if (CUT_LOSES && apart(from, to)) continue;
    if (!append(from, to, T[k + 2 + 2 * i]) && !DROPS) return 0;
  }
  if (beyond) off("a link holds what it never held");
  return 1;
}

/* A peer goes to a slot and says something. */
static int goes(int p, int slot, int e) {
  if (slot < 0) off("a slot was never seen");
  now.v[p] = slot;
  return sent(p, e);
}
`,
  `
static int envelope(int to, int item) {
  int at = place(T[ENVELOPES + 2 * to], T[ENVELOPES + 2 * to + 1], 2, item);
  return at < 0 ? 0 : T[at + 1];
}

static int deliver(const int *choice) {
  const int *link = T + LINKS + 4 * choice[2];
  int to = choice[1], i = choice[3], x = now.v[link[2] + i], heard;
  if (!x || (i > 0 && now.v[link[2] + i - 1] == x) || apart(link[0], to)) return 0;
  verb = 1, said = envelope(to, x - 1);
  heard = up(to) && step(to, now.v[to], x - 1);
  take_out(link, i);
  return heard ? goes(to, next, effect) : 1;
}

/* From a message set, where it stays. */
static int hear(const int *choice) {
  int to = choice[1];
  if (!now.v[choice[2]] || apart(T[SENDERS + choice[2]], to)) return 0;
  if (!up(to) || !step(to, now.v[to], choice[3])) return 0;
  verb = 1, said = envelope(to, choice[3]);
  return goes(to, next, effect);
}

static int fire(const int *choice) {
  int p = choice[1], row = T[T[PEERS + 6 * p + 2] + now.v[p]];
  const int *timer = T + row + 1 + 3 * choice[2];
  if (!up(p) || choice[2] >= T[row] || !step(p, now.v[p], timer[0])) return 0;
  if (timer[2] != NEVER && !answer(timer[2])) return 0;
  said = timer[1];
  return step(p, now.v[p], timer[0]) && goes(p, next, effect);
}

/* The offer of that number: its input and its text, or nothing. */
static const int *offer(int root, int i) {
  int list = T[LISTS + answer(root)];
  return i < T[list] ? T + list + 1 + 2 * i : (int *) 0;
}

static int ask(const int *choice) {
  int p = choice[1];
  const int *offered;
  if (!up(p) || !(offered = offer(choice[2], choice[3]))) return 0;
  if (!spend(choice) || !step(p, now.v[p], offered[0])) return 0;
  said = offered[1];
  return goes(p, next, effect);
}

static int tamper(const int *choice) {
  const int *link = T + LINKS + 4 * choice[2];
  int i = choice[3], x = now.v[link[2] + i], n = held(link);
  if (!x || (i > 0 && now.v[link[2] + i - 1] == x)) return 0;
  if (choice[0] == DUPLICATE && n == CAPACITY) return 0;
  if (!spend(choice)) return 0;
  verb = choice[0] == LOSE ? 2 : 3, said = envelope(choice[1], x - 1);
  if (choice[0] == LOSE) take_out(link, i);
  else if (n == link[3]) off("a link holds more than it ever held");
  else put_in(link, i + 1, x);
  return 1;
}
`,
  `
/* What is on its way from one peer, or across the cut, is lost. */
static void purge(int from) {
  int k, i;
  for (k = 0; k < LINK_COUNT; k++) {
    const int *link = T + LINKS + 4 * k;
    if (from < 0 ? apart(link[0], link[1]) : link[0] == from)
      for (i = 0; i < link[3]; i++) now.v[link[2] + i] = 0;
  }
  for (k = 0; k < PEER_COUNT; k++)
    for (i = 0; i < T[BITS + 2 * k + 1]; i++) {
      int at = T[T[BITS + 2 * k] + 2 * i + 1];
      if (from < 0 ? apart(T[SENDERS + at], k) : T[SENDERS + at] == from) now.v[at] = 0;
    }
}

static int cut(const int *choice) {
  if (now.v[CUT_AT] || !spend(choice)) return 0;
  now.v[CUT_AT] = choice[2] + 1;
  if (CUT_LOSES) purge(-1);
  return 1;
}

static int heal(void) {
  if (!now.v[CUT_AT]) return 0;
  now.v[CUT_AT] = 0;
  return 1;
}

static int join(const int *choice) {
  int p = choice[1], ways = T[PEERS + 6 * p + 5], at = ways + 1, input = -1;
  const int *offered;
  if (choice[2] != NEVER) {
    if (!(offered = offer(choice[2], choice[3]))) return 0;
    input = offered[0], said = offered[1];
  }
  at = place(at, T[ways], 3, input);
  if (at < 0) off("a way to join was never taken");
  if (T[at + 1] < 0 || !spend(choice)) return 0;
  return goes(p, T[at + 1], T[at + 2]);
}

static int churn(const int *choice) {
  static const int from[] = { ABSENT, UP, UP, CRASHED };
  int p = choice[1], slot = now.v[p], e = 0, *tables = T + PEERS + 6 * p;
  if (T[tables[0] + slot] != from[choice[0] - JOIN]) return 0;
  if (choice[6] != NEVER && !answer(choice[6])) return 0;
  switch (choice[0]) {
  case JOIN: return join(choice);
  case LEAVE:
    e = step(p, slot, T[LEAVES + p]) ? effect : 0;
    return spend(choice) && goes(p, REUSE ? 0 : 1, e);
  case CRASH:
    if (!spend(choice)) return 0;
    goes(p, REUSE ? 0 : T[tables[3] + slot], 0);
    if (CRASH_LOSES) purge(p);
    return 1;
  default:
    return spend(choice) && goes(p, T[tables[4] + 2 * slot], T[tables[4] + 2 * slot + 1]);
  }
}

/* Takes a move, if it is possible; if not, it may leave its traces. */
static int attempt(int k) {
  const int *choice = T + CHOICES + CHOICE * k;
  said = choice[8], verb = 0;
  switch (choice[0]) {
  case DELIVER: return deliver(choice);
  case HEAR: return hear(choice);
  case TIMER: return fire(choice);
  case ASK: return ask(choice);
  case LOSE: case DUPLICATE: return tamper(choice);
  case CUT: return cut(choice);
  case HEAL: return heal();
  default: return churn(choice);
  }
}
`,
  `
/* 0: impossible, 1: changes nothing, 2: changes something; the state stays. */
static int tried(int k) {
  cell kept[W];
  int can, changes;
  memcpy(kept, now.v, sizeof kept);
  can = attempt(k);
  changes = memcmp(kept, now.v, sizeof kept) != 0;
  memcpy(now.v, kept, sizeof kept);
  return can ? 1 + changes : 0;
}

static int can(int k) { return tried(k) > 0; }

/* Whether nothing but clients, faults and churn can change anything. */
static int quiet(void) {
  int k;
  for (k = 0; k < CHOICE_COUNT; k++) if (T[CHOICES + CHOICE * k + 7] && tried(k) == 2) return 0;
  return 1;
}

/* The claim that is judged, by its number in CLAIM; without one, states are only counted. */
static int claim = -1;

static int fine(void) {
  const int *one;
  if (claim < 0) claim = getenv("CLAIM") ? atoi(getenv("CLAIM")) : 0;
  if (claim < 1) return 1;
  if (claim > CLAIM_COUNT) off("there is no such claim");
  one = T + CLAIMS + 2 * (claim - 1);
  switch (one[0]) {
  case SOMETIMES: return !answer(one[1]);
  case WHEN_QUIET: return !quiet() || answer(one[1]);
  case ALWAYS_STEP: return !stepped || answer(one[1]);
  default: return answer(one[1]);
  }
}

static void take(int k) {
  memcpy(before, now.v, sizeof before);
  stepped = 1;
  if (!attempt(k)) off("a move is possible and is not");
}

static void tell(void) {
  static const char *const verbs[] = { "", "deliver ", "lose ", "duplicate " };
  printf("move: %s%s\\n", verbs[verb], text(said));
}

static void begin(int i) {
  int k;
  if (!T) load();
  stepped = 0;
  for (k = 0; k < W; k++) now.v[k] = T[STARTS + W * i + k];
}
`,
];
