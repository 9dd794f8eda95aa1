"""The question of a plan, from what was imported into the store."""

from datetime import datetime, time, timedelta

from forecasts.events import read_events
from forecasts.faults import Fault, FaultyFile
from planner.desk_file import event_paths, read_desk
from planner.intake import Origin, Question, Sources, digests, period_faults, question
from planner.store import Store


def question_from_store(sources: Sources, store: Store) -> Question:
    """Make the question of a desk file and the inquiries imported for that desk; raises FaultyFile."""
    desk = read_desk(sources.desk)
    if faults := period_faults(sources, desk):
        raise FaultyFile(faults)
    paths = event_paths(desk, sources.desk)
    inquiries = store.inquiries(desk.id, datetime.combine(sources.known_until + timedelta(days=1), time()))
    if inquiries.empty:
        raise FaultyFile([Fault("nothing_imported", desk.id)])
    imported = tuple((f"import-{record.id}", record.file_digest) for record in store.imports(desk.id))
    origin = Origin(desk, read_events(paths), (*imported, *digests((sources.desk, *paths))), desk.id)
    return question(origin, inquiries, sources.period, sources.known_until)
