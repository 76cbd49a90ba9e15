"""The container image and the compose examples keep the promises of the deployment guide.

Read as text: there is no Docker engine where these tests run.
"""

import re

import pytest
from ruamel.yaml import YAML

from tests.project.checkout import text

COMPOSE = ("deploy/compose.sqlite.yaml", "deploy/compose.postgresql.yaml")


def last_stage() -> str:
    """What ends up in the image: the instructions after the last FROM."""
    return re.split(r"^FROM ", text("Dockerfile"), flags=re.MULTILINE)[-1]


def test_the_image_runs_as_a_user_without_rights() -> None:
    assert "USER 10001:10001" in last_stage()


def test_the_image_installs_what_the_requirement_file_says_with_hashes() -> None:
    assert "--require-hashes -r requirements.txt" in text("Dockerfile")


def test_the_last_stage_fetches_nothing() -> None:
    assert not re.search(r"\b(pip|apt-get|curl|wget)\b", last_stage())


def test_the_image_tells_whether_it_lives() -> None:
    assert re.search(r"HEALTHCHECK .*\n.*/live", last_stage())


def test_the_database_file_is_in_the_volume() -> None:
    assert "VOLUME /data" in last_stage()
    assert "DATABASE_URL=sqlite:////data/" in last_stage()


def test_everything_copied_into_the_image_is_sent_to_the_builder() -> None:
    sent = set(re.findall(r"^!(\S+)", text(".dockerignore"), re.MULTILINE))
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", text("Dockerfile"), re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert copied <= sent


@pytest.mark.parametrize("file", COMPOSE)
def test_the_examples_give_the_bot_no_more_than_it_needs(file: str) -> None:
    service = YAML(typ="safe").load(text(file))["services"]["cadrage"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] == "512m"
    assert service["pids_limit"] == 256


@pytest.mark.parametrize("file", COMPOSE)
def test_the_examples_hold_no_secret(file: str) -> None:
    said = YAML(typ="safe").load(text(file))["services"]["cadrage"]
    assert "env_file" in said
    assert not any("TOKEN" in name or "SECRET" in name for name in said.get("environment", {}))


def test_the_example_on_postgresql_has_two_replicas() -> None:
    assert YAML(typ="safe").load(text(COMPOSE[1]))["services"]["cadrage"]["deploy"]["replicas"] == 2
