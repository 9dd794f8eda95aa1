import stat
import subprocess
import sys
from pathlib import Path

import pytest

from forecasts.faults import FaultyFile
from planner.pseudonyms import FILE, pseudonym_of


def test_a_person_keeps_one_pseudonym(tmp_path: Path) -> None:
    pseudonym = pseudonym_of(tmp_path)
    written = {pseudonym(name) for name in ("花見 咲", "花見　咲", "花見咲", " 花見咲\n")}
    assert len(written) == 1
    assert written == {pseudonym_of(tmp_path)("花見咲")}
    assert pseudonym("花見 さくら") not in written
    assert pseudonym("Ｓａｋｉ") == pseudonym("Saki")
    assert all(len(p) == 16 and int(p, 16) >= 0 for p in written)


def test_nobody_stays_nobody(tmp_path: Path) -> None:
    assert [pseudonym_of(tmp_path)(name) for name in ("", " ", "　")] == ["", "", ""]


def test_another_installation_gives_other_pseudonyms(tmp_path: Path) -> None:
    here, there = (pseudonym_of(tmp_path / name)("花見咲") for name in ("here", "there"))
    assert here != there


def test_the_key_is_for_the_owner_alone(tmp_path: Path) -> None:
    pseudonym_of(tmp_path / "new")
    (key,) = (tmp_path / "new").iterdir()
    assert (key.name, stat.S_IMODE(key.stat().st_mode), len(key.read_bytes())) == (FILE, 0o600, 32)


def test_programs_that_start_at_once_share_a_key(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from planner.pseudonyms import pseudonym_of; "
    code += "print(pseudonym_of(Path(sys.argv[1]))('花見咲'))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({p.communicate()[0] for p in started}) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_damaged_key_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")
    with pytest.raises(FaultyFile) as refused:
        pseudonym_of(tmp_path)
    (fault,) = refused.value.faults
    assert (fault.code, fault.value, fault.allowed) == ("damaged_key", "5", "32")


def test_a_home_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FaultyFile) as refused:
        pseudonym_of(tmp_path / "file" / "home")
    assert refused.value.faults[0].code == "unwritable"
