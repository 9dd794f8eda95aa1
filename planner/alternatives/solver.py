"""CP-SAT designs the day's pattern: who starts when, staggered breaks, operations work off the peaks.

People who are alike are counted, not named: x[shape, part, place] is a number of people, so sixteen seats
cost no more than four. What ties the parts of a duty together are running totals: linear, and exact
(see ``duties``).

Heads meet the table of late calls through order literals z[t, k] = (heads_t >= k):
sum over t, k of (late[t, k] - late[t, k-1]) z[t, k], for any shape of table (METHODS.md §2).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from ortools.sat.python import cp_model

from planner.alternatives.alternative import PatternProof
from planner.alternatives.duties import Part, Shape, seats, shapes
from planner.alternatives.question import Crew, PatternQuestion
from planner.formation import Pattern

LATE_SCALE = 1_000  # whole units a late call: a day is exact to about 0.02 calls
MOVED_WEIGHT, SPLIT_WEIGHT = 20, 60  # against one minute of later break: keep starts, then few blocks
PROOF_EFFORT, SEARCH_EFFORT = 4.0, 1.5  # deterministic time, about seconds


def designed(question: PatternQuestion) -> tuple[Pattern, PatternProof]:
    """Return the pattern with the fewest expected late calls, then the least change of starts.

    One worker, fixed seed, limits in deterministic time: the same question gives the same pattern. Where
    the least heads cannot be there in every open slot, the fewest missing heads come before late calls.
    The proof holds the expected late calls of the day and the bound under them.

    Raises ValueError where a crew's operations work does not fit into its duty.
    """
    model = _Model(question)
    best, bound = _best(model, question.seed)
    pattern = model.pattern(best)
    late_calls = question.late_calls(pattern)
    if model.late(best) <= bound:
        return pattern, PatternProof("optimal", late_calls, late_calls)
    return pattern, PatternProof("feasible", late_calls, min(max(bound / LATE_SCALE, 0.0), late_calls))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one search came to. ``value`` and ``bound`` of its objective."""

    solver: cp_model.CpSolver
    is_found: bool

    @property
    def value(self) -> float:
        return self.solver.objective_value

    @property
    def bound(self) -> float:
        return self.solver.best_objective_bound


def _best(model: "_Model", seed: int) -> tuple[_Answer, int]:
    """Return the answer with the fewest late calls, then the least change; the scaled bound under its calls.

    The counts are nearly an LP: with all of it in the LP ("max_lp") and no hint the proof takes 0.2-2 s
    (4 and 16 seats), where other engines had none after 15 s. Should it take longer, "reduced_costs" comes
    close from the usual day, and the usual day itself is always an answer. Both objectives in one search
    took 0.4 of the time of one after the other (18 levers of the sample).
    """
    tight = _search(model, seed, "max_lp", PROOF_EFFORT)
    bound = model.late_bound(tight.bound)
    if tight.is_found and tight.value <= tight.bound:
        return tight, bound
    model.hint_usual_day()
    usual = _search(model, seed, "max_lp", PROOF_EFFORT, is_fixed=True)
    if not usual.is_found:
        message = "no day pattern fits: the usual day breaks its own rules"
        raise ValueError(message)
    model.hint(usual)
    close = _search(model, seed, "reduced_costs", SEARCH_EFFORT)
    found = [a for a in (usual, tight, close) if a.is_found]
    return min(found, key=lambda a: a.value), bound


def _search(model: "_Model", seed: int, engine: str, effort: float, *, is_fixed: bool = False) -> _Answer:
    """Solve from the model's hints (``is_fixed``: exactly the hinted counts)."""
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl+C ends the program, not this one search
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.fix_variables_to_their_hinted_value = is_fixed
    solver.parameters.subsolvers.append(engine)
    return _Answer(solver, solver.solve(model.cp) in {cp_model.OPTIMAL, cp_model.FEASIBLE})


@dataclass(frozen=True, slots=True)
class _Alike:
    """People whose duties have one shape: how many, and how many start each part where."""

    shape: Shape
    heads: cp_model.IntVar
    counts: tuple[Mapping[int, cp_model.IntVar], ...]

    def stretches(self) -> Iterator[tuple[int, int, int, cp_model.IntVar]]:
        """Yield (from, to, sign, people): presence counts +1, being away -1."""
        yield self.shape.start_min, self.shape.end_min, 1, self.heads
        for part, counts in zip(self.shape.parts, self.counts, strict=True):
            yield from ((at, at + part.length_min, -1, people) for at, people in counts.items())


class _Model:
    """The counts, the heads they give, what these cost, and the change from the standing starts."""

    def __init__(self, question: PatternQuestion) -> None:
        self.cp = cp_model.CpModel()
        self._question = question
        self._by_crew = [(crew, self._counted(crew)) for crew in question.crews]
        self._all = [alike for _, own in self._by_crew for alike in own]
        self._late = self._late_calls()
        self._step = self._most_change() + 1
        parts = [self._late, *self._changes()]
        self.cp.minimize(cp_model.LinearExpr.weighted_sum(parts, [self._step] + [1] * (len(parts) - 1)))

    def hint_usual_day(self) -> None:
        """Hint a day that always fits: usual starts, breaks in turn, first block at once, last at the end."""
        for crew, own in self._by_crew:
            wanted = crew.standing_starts_min or (crew.starts_min[0],) * crew.heads
            nearest = (min(range(len(own)), key=lambda i: abs(own[i].shape.start_min - s)) for s in wanted)
            seated = Counter(nearest)
            for number, alike in enumerate(own):
                heads, (before, pause, after) = seated[number], alike.shape.parts
                self.cp.add_hint(alike.heads, heads)
                used = before.places[:1], pause.places, after.places[-1:]
                for counts, places in zip(alike.counts, used, strict=True):
                    turns = Counter(places[i * len(places) // heads] for i in range(heads) if places)
                    for at, people in counts.items():
                        self.cp.add_hint(people, turns[at])

    def hint(self, answer: _Answer) -> None:
        """Start the next search from an answer."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools forgot to annotate it
        for index in range(len(self.cp.proto.variables)):
            variable = self.cp.get_int_var_from_proto_index(index)
            self.cp.add_hint(variable, answer.solver.value(variable))

    def late(self, answer: _Answer) -> int:
        """Return the scaled late calls of an answer."""
        return int(answer.solver.value(self._late))

    def late_bound(self, bound: float) -> int:
        """Return the scaled late calls under which no answer can be, from a bound of both objectives."""
        return ceil((bound - self._step + 1) / self._step - 1e-6)

    def pattern(self, answer: _Answer) -> Pattern:
        """Read the duties out of the counts."""
        value = answer.solver.value
        found = [
            seat
            for a in self._all
            for seat in seats(
                a.shape, value(a.heads), [{at: value(n) for at, n in c.items()} for c in a.counts]
            )
        ]
        return Pattern(tuple(sorted(found)))

    def _counted(self, crew: Crew) -> list[_Alike]:
        own = [
            _Alike(shape, self._people(crew), tuple(self._places(crew, part) for part in shape.parts))
            for shape in shapes(crew, self._question.grid)
        ]
        self.cp.add(sum(a.heads for a in own) == crew.heads)
        for alike in own:
            self._hold_together(alike)
        return own

    def _places(self, crew: Crew, part: Part) -> dict[int, cp_model.IntVar]:
        return {at: self._people(crew) for at in part.places}

    def _people(self, crew: Crew) -> cp_model.IntVar:
        return self.cp.new_int_var(0, crew.heads, "")

    def _hold_together(self, alike: _Alike) -> None:
        """Everybody has one of each part, in order: whoever starts one has finished the one before it."""
        for counts in alike.counts:
            if counts:
                self.cp.add(sum(counts.values()) == alike.heads)
        earlier = [(p, c) for p, c in zip(alike.shape.parts, alike.counts, strict=True) if c]
        for (part, counts), (_, following) in pairwise(earlier):
            for now in following:
                finished = sum(n for at, n in counts.items() if at + part.length_min <= now)
                self.cp.add(sum(n for at, n in following.items() if at <= now) <= finished)

    def _late_calls(self) -> cp_model.LinearExprT:
        """Return the scaled late calls of the day; tie heads to the counts on the way."""
        question = self._question
        steps: dict[int, list[cp_model.LinearExpr]] = defaultdict(list)
        for alike in self._all:
            for since, until, sign, people in alike.stretches():
                steps[since].append(sign * people)
                steps[until].append(-sign * people)
        width = question.grid.slot_min
        slots = range(question.opens_min // width * width, question.closes_min, width)
        minutes = sorted({*steps, *slots, question.opens_min, question.closes_min})
        before = self.cp.new_constant(0)
        late: list[cp_model.LinearExprT] = []
        for since, until in pairwise(minutes):
            heads = self.cp.new_int_var(0, question.total_heads, "")
            self.cp.add(heads == sum(steps[since], start=before))
            before = heads
            if question.opens_min <= since < question.closes_min:
                late.append(self._late_between(since, until, heads))
        return sum(late)

    def _late_between(self, since: int, until: int, heads: cp_model.IntVar) -> cp_model.LinearExprT:
        costs = self._costs(since, until)
        reached = [self.cp.new_bool_var("") for _ in costs[1:]]
        self.cp.add(heads == sum(reached))
        for lower, higher in pairwise(reached):
            self.cp.add_implication(higher, lower)
        gains = [after - before for before, after in pairwise(costs)]
        return cp_model.LinearExpr.weighted_sum(reached, gains) + costs[0]

    def _costs(self, since: int, until: int) -> list[int]:
        """Return what these minutes cost with 0, 1, … heads; missing heads outweigh every late call."""
        question, part = self._question, (until - since) / self._question.grid.slot_min
        missing = round(float(question.late_table.max(axis=1).sum()) * LATE_SCALE) + 1
        return [
            round(question.late(since, k) * part * LATE_SCALE)
            + missing * max(question.least_heads(since) - k, 0)
            for k in range(question.total_heads + 1)
        ]

    def _most_change(self) -> int:
        """Return what the change can at most come to: one late call more outweighs all of it."""
        starts = [s for c in self._question.crews for s in (*c.starts_min, *c.standing_starts_min)]
        moved = MOVED_WEIGHT * (max(starts) - min(starts))
        own = max(max((*a.shape.pause.places, a.shape.start_min)) - a.shape.start_min for a in self._all)
        return self._question.total_heads * (SPLIT_WEIGHT + moved + own)

    def _changes(self) -> Iterator[cp_model.LinearExprT]:
        """Yield the minutes by which starts move, split blocks, and the minutes by which breaks are late."""
        usual = sorted({s for c in self._question.crews for s in c.standing_starts_min})
        for alike in self._all:
            shape, (before, breaks, after) = alike.shape, alike.counts
            yield SPLIT_WEIGHT * int(bool(before and after)) * alike.heads
            yield from ((at - shape.start_min) * people for at, people in breaks.items())
            if usual and not shape.crew.standing_starts_min:
                yield MOVED_WEIGHT * min(abs(shape.start_min - s) for s in usual) * alike.heads
        for crew, own in self._by_crew:
            if crew.standing_starts_min:
                yield from self._moved(crew, own)

    def _moved(self, crew: Crew, own: Sequence[_Alike]) -> Iterator[cp_model.LinearExprT]:
        """Sorted starts match sorted standing starts: the minutes moved are the area between the totals."""
        for since, until in pairwise(sorted({*crew.starts_min, *crew.standing_starts_min})):
            started = sum(a.heads for a in own if a.shape.start_min <= since)
            usual = sum(s <= since for s in crew.standing_starts_min)
            apart = self._people(crew)
            self.cp.add_abs_equality(apart, started - usual)
            yield MOVED_WEIGHT * (until - since) * apart
