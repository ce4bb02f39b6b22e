import type { Assembler } from "./assembler/index.js";

/** A kernel, or a part of one, as a function of where to begin and to end. */
export interface Stage {
  readonly fn: number;
  readonly units: number;
  /** About how many cycles all of it takes. */
  readonly work: number;
  /** Whether any thread may do any part of it; else the first does it. */
  readonly isShared: boolean;
  readonly reads: readonly Bytes[];
  readonly writes: readonly Bytes[];
}

export interface Bytes {
  readonly from: number;
  readonly to: number;
}

/** What threads write while others read has cache lines of its own. */
export const LINE = 64;
/** Where the number of the run is, which the first thread counts up before it wakes the others. */
export const RUN = 1 * LINE;
/** How many threads sleep until others are done. */
const SLEEPING = 2 * LINE;
/** Where what is not for threads alone begins. */
export const FIRST = 3 * LINE;
/** About how many cycles of work are worth sharing. */
export const WORTH_SHARING = 8000;
/** About how many cycles of work are worth claiming by themselves. */
const WORTH_CLAIMING = 4000;
/** How often a thread looks whether the others are done before it sleeps: for about half a millisecond. */
const SPINS = 400_000;
/** How long, in nanoseconds, a thread sleeps before it gives up, by a trap: one of the others must have died. */
const PATIENCE = 60_000_000_000n;

/**
 * Writes `share(thread, maySleep)`, which does what is left to do of a run; the words it needs are from address `end`
 * on, and it gives the end of those.
 *
 * Of a shared stage each thread has a part, of which it claims a half, half of the rest, and so on; then it claims
 * what is left of the other threads' parts. So a thread that is late, or that the machine gives to another process,
 * is not waited for, unless it is in the middle of what it has claimed; and where all are there each does the
 * same part in every run, whose data is in its core's cache. Only where a stage needs what others have made are
 * those waited for (Blumofe and Leiserson, "Scheduling multithreaded computations by work stealing", 1999).
 *
 * A claim is a word that holds the run and how far the part is claimed, so nothing is set back between runs, and a
 * thread that comes after a run's end finds nothing to do. Who does what changes no bit.
 */
export function writeShare(
  assembler: Assembler,
  stages: readonly Stage[],
  threads: number,
  end: number,
): number {
  let next = Math.ceil(end / LINE) * LINE;
  const lines = (count: number): number => {
    const address = next;
    next += count * LINE;
    return address;
  };
  const [claim, finish, wait] = [writeClaim(assembler), writeFinish(assembler), writeWait(assembler)];
  assembler.function("share", ["i32", "i32"], [], (code) => {
    const [thread, maySleep] = [0, 1];
    const run = code.local("i32");
    const done = code.local("i32");
    const range = code.local("i64");
    const part = code.local("i32");
    const tried = code.local("i32");
    const from = code.local("i32");
    const first = () => code.get(range).i64(32n).op("i64.shr_u").op("i32.wrap_i64");
    const last = () => code.get(range).op("i32.wrap_i64");
    code.i32(0).memory("i32.atomic.load", RUN).set(run);

    /** Claims and does parts of a stage, and tells of each part's end before it looks at the next thread's. */
    const shared = ({ fn, units, work }: Stage, finished: () => void): void => {
      const claims = lines(threads);
      const each = Math.floor(units / threads);
      const left = units % threads;
      const grain = Math.ceil((WORTH_CLAIMING * units) / work);
      const isLonger = () => code.get(part).i32(left).op("i32.lt_u");
      code.i32(0).set(tried).get(thread).set(part).loop().i32(0).set(done);
      // the first parts have one unit more, while there are any left
      code.get(part).i32(each).op("i32.mul").get(part).i32(left);
      isLonger().op("select").op("i32.add").set(from);
      code.block().loop();
      code.get(part).i32(LINE).op("i32.mul").i32(claims).op("i32.add").i32(each);
      isLonger().op("i32.add").i32(grain).get(run).call(claim).tee(range).op("i64.eqz").brIf(1);
      first().get(from).op("i32.add");
      last().get(from).op("i32.add").call(fn);
      last();
      first().op("i32.sub").get(done).op("i32.add").set(done).br(0).end().end();
      code.get(done).if();
      finished();
      code.end();
      code.get(part).i32(1).op("i32.add").tee(part).i32(0).get(part).i32(threads).op("i32.ne").op("select");
      code.set(part).get(tried).i32(1).op("i32.add").tee(tried).i32(threads).op("i32.ne").brIf(0).end();
    };

    const phases = phasesOf(stages);
    phases.forEach((phase, i) => {
      const address = lines(1);
      const shares = phase.filter(({ isShared }) => isShared);
      const own = phase.filter(({ isShared }) => !isShared);
      // the first thread's own stages count for one together: waiting threads look at the count all the time,
      // which makes it slow to change
      const units = shares.reduce((sum, stage) => sum + stage.units, Math.min(own.length, 1));
      const target = () => code.i32(address).get(run).i32(units).op("i32.mul");
      const finished = () => target().get(done).call(finish);
      if (own.length > 0) {
        code.get(thread).op("i32.eqz").if();
        for (const { fn, units } of own) code.i32(0).i32(units).call(fn);
        code.i32(1).set(done);
        finished();
        code.end();
      }
      for (const stage of shares) shared(stage, finished);
      // when all is done is for the first thread to know
      if (i === phases.length - 1) code.get(thread).if().return().end();
      target().get(run).get(maySleep).call(wait).if().return().end();
    });
  });
  return next;
}

/** Stages in groups, each of which needs what those before it have made, but nothing of its own. */
function phasesOf(stages: readonly Stage[]): readonly (readonly Stage[])[] {
  const phases: Stage[][] = [[]];
  for (const stage of stages) {
    const depends = phases
      .at(-1)!
      .some(
        (before) =>
          (before.isShared || stage.isShared) &&
          (overlap(before.writes, stage.reads) ||
            overlap(before.writes, stage.writes) ||
            overlap(before.reads, stage.writes)),
      );
    if (depends) phases.push([stage]);
    else phases.at(-1)!.push(stage);
  }
  return phases;
}

const overlap = (some: readonly Bytes[], others: readonly Bytes[]): boolean =>
  some.some((a) => others.some((b) => a.from < b.to && b.from < a.to));

/**
 * A function of a claim's address, the size of the part, the least to claim and the run: what is claimed, its start
 * in the high half and its end in the low one; 0 where nothing is left or the run is over.
 */
function writeClaim(assembler: Assembler): number {
  return assembler.function(null, ["i32", "i32", "i32", "i32"], ["i64"], (code) => {
    const [address, size, grain, run] = [0, 1, 2, 3];
    const word = code.local("i64");
    const [from, to, left] = [code.local("i32"), code.local("i32"), code.local("i32")];
    const pack = (high: number, low: number): void => {
      code.get(high).op("i64.extend_i32_u").i64(32n).op("i64.shl");
      code.get(low).op("i64.extend_i32_u").op("i64.or");
    };
    const since = () => code.get(word).i64(32n).op("i64.shr_u").op("i32.wrap_i64").get(run).op("i32.sub");
    code.loop();
    code.get(address).memory("i64.atomic.load").set(word);
    // a later run has been here
    since().i32(0).op("i32.gt_s").if().i64(0n).return().end();
    code.i32(0).get(word).op("i32.wrap_i64");
    since().op("select").set(from);
    code.get(from).get(size).op("i32.ge_u").if().i64(0n).return().end();
    // half of what is left, but no less than the grain, nor more than there is
    code.get(size).get(from).op("i32.sub").set(left);
    code.get(left).i32(1).op("i32.add").i32(1).op("i32.shr_u").set(to);
    code.get(to).get(grain).get(to).get(grain).op("i32.gt_u").op("select").set(to);
    code.get(to).get(left).get(to).get(left).op("i32.lt_u").op("select").get(from).op("i32.add").set(to);
    code.get(address).get(word);
    pack(run, to);
    code.memory("i64.atomic.rmw.cmpxchg").get(word).op("i64.ne").brIf(0).end();
    pack(from, to);
  });
}

/** A function of a count's address, what it must come to, and how many units more are done: wakes those who wait. */
function writeFinish(assembler: Assembler): number {
  return assembler.function(null, ["i32", "i32", "i32"], [], (code) => {
    const [address, target, more] = [0, 1, 2];
    code.get(address).get(more).memory("i32.atomic.rmw.add").get(more).op("i32.add").get(target).op("i32.eq");
    code.if().i32(0).memory("i32.atomic.load", SLEEPING).if();
    code.get(address).i32(-1).memory("memory.atomic.notify").op("drop").end().end();
  });
}

/**
 * A function of a count's address, what it must come to, the run, and whether the thread may sleep: returns 0 when the
 * count is there, 1 when the run is over, which the first thread never sees. After too long it traps.
 */
function writeWait(assembler: Assembler): number {
  return assembler.function(null, ["i32", "i32", "i32", "i32"], ["i32"], (code) => {
    const [address, target, run, maySleep, spins, count] = [0, 1, 2, 3, code.local("i32"), code.local("i32")];
    const sleepers = (by: 1 | -1) => code.i32(0).i32(by).memory("i32.atomic.rmw.add", SLEEPING).op("drop");
    /** Leaves if there is nothing to wait for any more. */
    const look = (leaving: () => void): void => {
      code.get(address).memory("i32.atomic.load").tee(count).get(target).op("i32.eq").if();
      leaving();
      code.i32(0).return().end();
      code.i32(0).memory("i32.atomic.load", RUN).get(run).op("i32.ne").if();
      leaving();
      code.i32(1).return().end();
    };
    code.loop();
    look(() => {});
    code.get(spins).i32(1).op("i32.add").tee(spins).i32(SPINS).op("i32.lt_u").brIf(0);
    // what may not sleep looks on, some seconds at most
    code.get(maySleep).op("i32.eqz").if().get(spins).i32(-1).op("i32.ne").brIf(1).op("unreachable").end();
    // who is done looks for sleepers after it has counted, and so the other way round here
    sleepers(1);
    look(() => sleepers(-1));
    code.get(address).get(count).i64(PATIENCE).memory("memory.atomic.wait32").i32(2).op("i32.eq").if();
    code.op("unreachable").end();
    sleepers(-1);
    code.br(0).end().op("unreachable");
  });
}
