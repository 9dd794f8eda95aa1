"""The question of a plan, from what was imported into the store."""

from datetime import datetime, time, timedelta

from forecasts.faults import Fault, FaultyFile
from planner.desk_file import event_paths
from planner.intake import Origin, Question, Sources, desk_and_events, digests, period_faults, question
from planner.store import Store


def question_from_store(sources: Sources, store: Store) -> Question:
    """Make the question of a desk file and the inquiries imported for that desk; raises FaultyFile."""
    faults: list[Fault] = []
    desk, events = desk_and_events(sources.desk, faults)
    faults.extend(period_faults(sources, desk))
    if faults or desk is None:
        raise FaultyFile(faults)
    inquiries = store.inquiries(desk.id, datetime.combine(sources.known_until + timedelta(days=1), time()))
    if inquiries.empty:
        raise FaultyFile([Fault("nothing_imported", desk.id)])
    imported = tuple((f"import-{record.id}", record.file_digest) for record in store.imports(desk.id))
    paths = (sources.desk, *event_paths(desk, sources.desk))
    origin = Origin(desk, events, (*imported, *digests(paths)), desk.id)
    return question(origin, inquiries, sources.period, sources.known_until)
